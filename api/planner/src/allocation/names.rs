//! Names read once and numbers ever after.

use std::collections::HashMap;

/// The place of each name in its list.
pub(super) struct Names<'a>(HashMap<&'a str, u32, foldhash::fast::RandomState>);

impl<'a> Names<'a> {
    /// Numbers names in their order; of a name that comes twice the last place counts.
    pub(super) fn new(names: impl Iterator<Item = &'a str>) -> Self {
        Self((0u32..).zip(names).map(|(at, name)| (name, at)).collect())
    }

    /// Where a name stands.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.0.get(name).map(|&at| at as usize)
    }
}
