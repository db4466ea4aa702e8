//! Sentences of the planner with the names people know in them.

use std::collections::HashMap;

/// What the planner's names of things are called.
#[derive(Debug, Clone, Default)]
pub struct Words(HashMap<String, String>);

impl Words {
    /// Call this so.
    pub fn call(&mut self, name: impl Into<String>, words: impl Into<String>) {
        self.0.insert(name.into(), words.into());
    }

    /// What one of the planner's names is called; itself when nobody said.
    #[must_use]
    pub fn name(&self, name: &str) -> String {
        self.0.get(name).map_or(name, String::as_str).to_owned()
    }

    /// The sentence with its names replaced and a capital at its beginning.
    #[must_use]
    pub fn say(&self, sentence: &str) -> String {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let mut said = String::with_capacity(sentence.len() * 2);
        let mut rest = sentence;
        while !rest.is_empty() {
            let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            said.push_str(self.0.get(name).map_or(name, String::as_str));
            let next = after.find(is_name).unwrap_or(after.len());
            let (between, after) = after.split_at(next);
            said.push_str(between);
            rest = after;
        }
        let mut letters = said.chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => said,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_whole() {
        let mut words = Words::default();
        words.call("person-1", "Eva Muestra");
        words.call("project-4", "Un título");
        assert_eq!(
            words.say("person-1 would judge project-4, not person-12"),
            "Eva Muestra would judge Un título, not person-12"
        );
        assert_eq!(words.say("áéí (person-1)"), "Áéí (Eva Muestra)");
    }
}
