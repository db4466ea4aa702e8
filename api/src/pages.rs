//! The paths of the interface, so that unknown ones get the right status.

/// Every page, `{}` standing for an id. The interface has the same list in its
/// router; a test keeps the two equal.
pub const PATHS: &[&str] = &[
    "/",
    "/projects",
    "/projects/{}",
    "/calls",
    "/calls/{}",
    "/defences",
    "/login",
    "/register",
    "/recover",
    "/set-password",
    "/profile",
    "/my/project",
    "/my/applications",
    "/my/applications/{}/answer",
    "/my/applicants",
    "/my/projects",
    "/my/projects/new",
    "/my/projects/{}/edit",
    "/validation",
    "/assignments",
    "/calendar",
    "/events/{}",
    "/admin/events",
    "/admin/events/new",
    "/admin/events/{}",
    "/availability",
    "/my/marking",
    "/my/marks",
    "/defences/{}/marks",
    "/calls/{}/grading",
    "/verification",
    "/admin/degrees/{}/grading",
    "/inbox",
    "/messages",
    "/unsubscribe",
    "/assignments/{}",
    "/imports",
    "/imports/new",
    "/imports/{}",
    "/admin/people",
    "/admin/people/new",
    "/admin/people/{}",
    "/admin/claims",
    "/admin/areas",
    "/admin/departments",
    "/admin/degrees",
    "/admin/sittings",
    "/admin/rooms",
    "/admin/rooms/{}",
    "/admin/degrees/{}/committees",
    "/admin/participation",
    "/admin/conflicts-of-interest",
    "/admin/calls",
    "/admin/calls/{}",
    "/admin/calls/{}/requests",
    "/admin/calls/{}/plans",
    "/admin/calls/{}/rounds",
    "/admin/rounds/{}",
    "/admin/allocation-runs/{}",
    "/admin/calls/{}/availability",
    "/admin/plans/{}",
    "/admin/audit-log",
    "/admin/outbox",
    "/admin/storage",
    "/admin/retention",
    "/statistics",
    "/defences/{}/documents",
    "/documents/{}/similarity",
];

/// Whether the interface has a page there.
#[must_use]
pub fn exists(path: &str) -> bool {
    let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
    PATHS.iter().any(|pattern| {
        let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some("{}"), Some(id)) if id.parse::<u64>().is_ok() => {}
                (Some(a), Some(b)) if a == b => {}
                _ => return false,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::exists;

    #[test]
    fn knows_its_pages() {
        for path in ["/", "/projects", "/projects/", "/projects/12", "/my/projects/7/edit", "/admin/outbox"] {
            assert!(exists(path), "{path}");
        }
        for path in ["/projects/abc", "/nope", "/projects/1/2", "/wp-login", "/admin"] {
            assert!(!exists(path), "{path}");
        }
    }
}
