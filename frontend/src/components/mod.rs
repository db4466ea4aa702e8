//! What pages are made of: they draw what they are given and say what the
//! person wants.
//!
//! PatternFly's markup and style sheet throughout. Components of
//! `patternfly-yew` are used where their words can be translated and they work
//! by keyboard; the ones here replace those whose labels are fixed English,
//! whose fields are not tied to their label, or which drop the focus.

mod alert;
mod availability;
mod badge;
mod bar_chart;
mod bell;
mod button;
mod calendar;
mod card;
mod copy;
mod dialog;
mod drag_order;
mod editor_dialog;
mod empty;
mod event;
mod export_button;
mod field;
mod fields;
mod form;
mod icon;
mod link;
mod list_export;
mod markdown;
mod notification;
mod order_list;
mod page;
mod pager;
mod password_rules;
mod preferences;
mod project_card;
mod rank_list;
mod ranking;
mod remote_view;
mod shell;
mod stepper;
mod table;
mod timeline;
mod timeline_scale;
mod toast;
mod toggle_group;
mod toolbar;
mod typeahead;

pub use alert::{Alert, ProblemAlert, Tone};
pub use availability::{AvailabilityGrid, HOUR_ROWS, Painted, Said, Week, row_time, said_of, with_said};
pub use badge::{AssignmentBadge, Badge, Colour, ProjectBadge, TakenBadge};
pub use bar_chart::{BarChart, Series};
pub use button::{Button, ButtonKind};
pub use calendar::{
    Agenda, Bar, CalendarView, MonthGrid, WeekView, entry_icon, entry_when, lay_out, monday, month_weeks,
    on_day, shift, span,
};
pub use card::Card;
pub use copy::CopyText;
pub use dialog::{ConfirmDialog, Dialog, ReasonDialog};
pub use editor_dialog::{EditorDialog, StaleNotice};
pub use empty::EmptyState;
pub use event::{AnnouncementItem, event_audience};
pub use export_button::export_button;
pub use field::FieldFrame;
pub use fields::{CheckField, Choice, PasswordField, SelectField, TextAreaField, TextField};
pub use form::{FormActions, FormFrame};
pub use icon::{Icon, IconName};
pub use link::{PathLink, RouteLink, route_button};
pub use list_export::{ListExport, export_query};
pub use markdown::MarkdownField;
pub use notification::NotificationItem;
pub use order_list::{OrderList, Ordered};
pub use page::{Crumb, PageHeader, PageSection};
pub use pager::Pager;
pub use password_rules::PasswordRules;
pub use preferences::PreferencesTable;
pub use project_card::{ProjectCard, project_badges};
pub use rank_list::{RankItem, RankList};
pub use ranking::Ranking;
pub use remote_view::{LoadFailed, Loading, LoadingShape, draw_remote};
pub use shell::{Brand, Shell};
pub use stepper::{Stepper, step_dates};
pub use table::{Column, DataTable, TableContent};
pub use timeline::{PhaseWarnings, Timeline, countdown};
pub use toast::{ToastContext, Toasts, use_toasts};
pub use toggle_group::{Toggle, ToggleGroup};
pub use toolbar::{FilterBar, SearchBox};
pub use typeahead::{Found, Lookup, LookupSelect, ProfessorSelect};
