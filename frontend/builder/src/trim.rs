//! Leaves out of a style sheet what the application never names.
//!
//! PatternFly in full is 1.8 MB. A component, an element, a modifier, an icon or a theme
//! that no literal of the application mentions cannot be on the page; a custom property
//! that nothing reads has no effect.

use std::collections::{BTreeSet, HashSet};

use anyhow::{Result, anyhow};
use lightningcss::properties::Property;
use lightningcss::properties::custom::CustomPropertyName;
use lightningcss::rules::{CssRule, CssRuleList};
use lightningcss::selector::{Component, Selector};
use lightningcss::stylesheet::{PrinterOptions, StyleSheet};

use crate::usage::Usage;

/// Trims sheets that are read together, in place, and answers the blocks that were left out.
pub(crate) fn trim(sheets: &mut [StyleSheet<'_>], usage: &Usage) -> Result<BTreeSet<String>> {
    let mut trimmer = Trimmer { usage, dropped: BTreeSet::new() };
    for sheet in &mut *sheets {
        trimmer.rules(&mut sheet.rules);
    }
    loop {
        let css = sheets.iter().map(print).collect::<Result<String>>()?;
        let read = variables_read(&css);
        let is_read = |name: &str| read.contains(name) || usage.names(name);
        let removed: usize = sheets.iter_mut().map(|sheet| drop_properties(&mut sheet.rules, &is_read)).sum();
        if removed == 0 {
            return Ok(trimmer.dropped);
        }
    }
}

fn print(sheet: &StyleSheet<'_>) -> Result<String> {
    let printed = sheet.to_css(PrinterOptions { minify: true, ..PrinterOptions::default() });
    Ok(printed.map_err(|error| anyhow!("cannot print the style sheet: {error}"))?.code)
}

struct Trimmer<'u> {
    usage: &'u Usage,
    dropped: BTreeSet<String>,
}

impl Trimmer<'_> {
    fn rules(&mut self, list: &mut CssRuleList<'_>) {
        list.0.retain_mut(|rule| match rule {
            CssRule::Style(style) => {
                style.selectors.0.retain(|selector| !self.is_dead(selector));
                self.rules(&mut style.rules);
                !style.selectors.0.is_empty()
            }
            CssRule::Media(media) => {
                self.rules(&mut media.rules);
                !media.rules.0.is_empty()
            }
            CssRule::Supports(supports) => {
                self.rules(&mut supports.rules);
                !supports.rules.0.is_empty()
            }
            CssRule::LayerBlock(layer) => {
                self.rules(&mut layer.rules);
                !layer.rules.0.is_empty()
            }
            CssRule::Container(container) => {
                self.rules(&mut container.rules);
                !container.rules.0.is_empty()
            }
            // PatternFly's own faces point into its package; ours are in fonts.css.
            CssRule::FontFace(face) => !format!("{face:?}").contains("./assets/"),
            _ => true,
        });
    }

    /// A selector is dead when it asks for a class that is never set.
    fn is_dead(&mut self, selector: &Selector<'_>) -> bool {
        selector.iter_raw_match_order().any(|component| match component {
            Component::Class(class) => self.is_unused(class),
            Component::Where(list) | Component::Is(list) => {
                let dead = list.iter().filter(|inner| self.is_dead(inner)).count();
                dead == list.len()
            }
            // Both our languages are written from left to right.
            Component::AttributeInNoNamespace { local_name, value, .. } => {
                local_name.0.as_ref() == "dir" && value.as_ref() == "rtl"
            }
            _ => false,
        })
    }

    fn is_unused(&mut self, class: &str) -> bool {
        let unused = (class.starts_with("pf-") || class.starts_with("fa-")) && !self.usage.names(class);
        if unused && class.starts_with("pf-v6-c-") && !class.contains("__") {
            self.dropped.insert(class.to_owned());
        }
        unused
    }
}

/// Names inside `var(--…)`.
fn variables_read(css: &str) -> HashSet<&str> {
    css.split("var(")
        .skip(1)
        .map(|rest| {
            let end = rest
                .find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')))
                .unwrap_or(rest.len());
            &rest[..end]
        })
        .collect()
}

/// Removes PatternFly's custom properties that nothing reads; answers how many.
fn drop_properties(list: &mut CssRuleList<'_>, is_read: &dyn Fn(&str) -> bool) -> usize {
    let mut removed = 0;
    list.0.retain_mut(|rule| {
        let nested = match rule {
            CssRule::Style(style) => {
                let before = style.declarations.declarations.len();
                style.declarations.declarations.retain(|property| match property {
                    Property::Custom(custom) => match &custom.name {
                        CustomPropertyName::Custom(name) => {
                            !name.0.as_ref().starts_with("--pf-") || is_read(name.0.as_ref())
                        }
                        CustomPropertyName::Unknown(_) => true,
                    },
                    _ => true,
                });
                removed += before - style.declarations.declarations.len();
                removed += drop_properties(&mut style.rules, is_read);
                return !(style.declarations.declarations.is_empty()
                    && style.declarations.important_declarations.is_empty()
                    && style.rules.0.is_empty());
            }
            CssRule::Media(media) => &mut media.rules,
            CssRule::Supports(supports) => &mut supports.rules,
            CssRule::LayerBlock(layer) => &mut layer.rules,
            CssRule::Container(container) => &mut container.rules,
            _ => return true,
        };
        removed += drop_properties(nested, is_read);
        !nested.0.is_empty()
    });
    removed
}
