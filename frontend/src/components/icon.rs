//! Icons, drawn in place so that no icon font has to be loaded.

use yew::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)+) => {
        /// The icons there are. Twenty-four units square, drawn with a line.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum IconName { $($(#[$doc])* $name,)+ }

        impl IconName {
            const fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)+ }
            }
        }
    };
}

icons! {
    /// Three lines.
    Menu = "M3 6h18M3 12h18M3 18h18";
    /// Bars of figures.
    Chart = "M3 20.5h18M6 20V11M12 20V4M18 20v-6";
    /// A house.
    Home = "M3 11.5 12 4l9 7.5M5.5 9.5V20h13V9.5M10 20v-6h4v6";
    /// An open book.
    Book = "M12 6.5C10 5 7 4.5 3 4.5v14c4 0 7 .5 9 2 2-1.5 5-2 9-2v-14c-4 0-7 .5-9 2zM12 6.5v14";
    /// A sheet of paper.
    File = "M14 3H6v18h12V7zM14 3v4h4M9 12h6M9 16h6";
    /// A pencil.
    Edit = "M4 20h4L19.5 8.5l-4-4L4 16zM13 7l4 4";
    /// A tick in a circle.
    CheckCircle = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.5l2.7 2.7L16 9.5";
    /// A tick.
    Check = "M5 12.5l4.5 4.5L19 7.5";
    /// A cross.
    Times = "M6 6l12 12M18 6 6 18";
    /// A cross in a circle.
    TimesCircle = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 9l6 6M15 9l-6 6";
    /// A clock.
    Clock = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2";
    /// A globe.
    Globe = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9z";
    /// An eye.
    Eye = "M2 12c2.5-4.5 6-6.5 10-6.5s7.5 2 10 6.5c-2.5 4.5-6 6.5-10 6.5S4.5 16.5 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z";
    /// An eye struck through.
    EyeOff = "M4 4l16 16M10 5.7c.7-.1 1.3-.2 2-.2 4 0 7.5 2 10 6.5-.8 1.4-1.7 2.6-2.7 3.5M6.5 7.3C4.8 8.4 3.3 10 2 12c2.5 4.5 6 6.5 10 6.5 1.9 0 3.6-.4 5.2-1.3M9.9 9.9a3 3 0 0 0 4.2 4.2";
    /// A box with a lid.
    Archive = "M3 4h18v5H3zM5 9v11h14V9M10 13h4";
    /// An arrow that turns back.
    Undo = "M9 8H4V3M4.5 8A9 9 0 1 1 3 13";
    /// A paper aeroplane.
    Send = "M21 3 3 10.5l7 3 3 7zM10 13.5 21 3";
    /// A waste bin.
    Trash = "M4 6.5h16M9 6.5V4h6v2.5M6 6.5 7 20h10l1-13.5M10 11v5M14 11v5";
    /// Two sheets.
    Copy = "M8 8h12v12H8zM16 8V4H4v12h4";
    /// A plus.
    Plus = "M12 5v14M5 12h14";
    /// A magnifying glass.
    Search = "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21";
    /// A person.
    User = "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 3.5-6.5 8-6.5s8 2.5 8 6.5";
    /// Two people.
    Users = "M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2 20c0-3.7 3-6 7-6s7 2.3 7 6M16 4.8a3.5 3.5 0 0 1 0 6.5M18 14.5c2.5.8 4 2.7 4 5.5";
    /// A person with a plus.
    UserPlus = "M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2 20c0-3.7 3-6 7-6s7 2.3 7 6M19 8v6M16 11h6";
    /// A mortarboard.
    Graduation = "M12 5 2 9.5 12 14l10-4.5zM6 11.5V17c1.5 1.5 3.5 2 6 2s4.5-.5 6-2v-5.5M22 9.5V15";
    /// A building.
    Building = "M4 21V4h11v17M15 9h5v12M2 21h20M8 8h3M8 12h3M8 16h3";
    /// Layers.
    Layers = "M12 3 2.5 8 12 13l9.5-5zM2.5 12 12 17l9.5-5M2.5 16 12 21l9.5-5";
    /// A calendar.
    Calendar = "M4 5h16v16H4zM4 10h16M8 3v4M16 3v4";
    /// An upward arrow into a tray.
    Upload = "M12 16V4M7 9l5-5 5 5M4 16v4h16v-4";
    /// A downward arrow into a tray.
    Download = "M12 4v12M7 11l5 5 5-5M4 16v4h16v-4";
    /// A list with ticks.
    Tasks = "M3 6.5 4.5 8 7.5 5M11 6.5h10M3 12.5 4.5 14l3-3M11 12.5h10M3 18.5 4.5 20l3-3M11 18.5h10";
    /// A clock running backwards.
    History = "M4 4v5h5M4.5 9A8.5 8.5 0 1 1 3.5 13M12 8v4.5l3 2";
    /// An envelope.
    Mail = "M3 5.5h18v13H3zM3 6l9 7 9-7";
    /// A door with an arrow out.
    LogOut = "M14 4H5v16h9M10 12h11M17 8l4 4-4 4";
    /// A door with an arrow in.
    LogIn = "M10 4h9v16h-9M3 12h11M10 8l4 4-4 4";
    /// A sun.
    Sun = "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.7 1.7M17.3 17.3 19 19M5 19l1.7-1.7M17.3 6.7 19 5";
    /// A moon.
    Moon = "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z";
    /// A screen.
    Screen = "M3 4.5h18v12H3zM8 20.5h8M12 16.5v4";
    /// A key.
    Key = "M8 10.5a4.5 4.5 0 1 0 .01 0zM11.2 11.8 20 3M16 7l3 3";
    /// An i in a circle.
    Info = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.5v.5";
    /// An exclamation mark in a triangle.
    Warning = "M12 3.5 2 20.5h20zM12 10v5M12 17.5v.5";
    /// An exclamation mark in a circle.
    Danger = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5v6M12 16v.5";
    /// Pointing down.
    ChevronDown = "M6 9l6 6 6-6";
    /// Pointing right.
    ChevronRight = "M9 6l6 6-6 6";
    /// Pointing left.
    ChevronLeft = "M15 6l-6 6 6 6";
    /// Upwards.
    ArrowUp = "M12 20V4M6 10l6-6 6 6";
    /// Downwards.
    ArrowDown = "M12 4v16M6 14l6 6 6-6";
    /// Up and down.
    Sort = "M8 9l4-5 4 5M8 15l4 5 4-5";
    /// A list of lines.
    List = "M8 6h13M8 12h13M8 18h13M3.5 6h.5M3.5 12h.5M3.5 18h.5";
    /// Four squares.
    Grid = "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z";
    /// A funnel.
    Filter = "M3 5h18l-7 8v6l-4 2v-8z";
    /// A bell.
    Bell = "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5a2 2 0 0 0 4 0";
    /// A megaphone.
    Megaphone = "M4 10v4h3l9 4.5v-13L7 10zM19 9.5a3.5 3.5 0 0 1 0 5M8 14.5l1.5 5.5";
    /// A speech bubble.
    Message = "M4 4.5h16v11.5h-9l-5 4v-4H4z";
    /// A drawing pin.
    Pin = "M9 3.5h6l-1 6.5 3.5 3.5h-11L10 10zM12 13.5V21";
    /// A place on a map.
    Place = "M12 21c-4-5-6.5-8-6.5-11.5a6.5 6.5 0 0 1 13 0C18.5 13 16 16 12 21zM12 7.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4z";
    /// A printer.
    Printer = "M7 9V3.5h10V9M7 17H3.5V9h17v8H17M7 14h10v6.5H7z";
    /// Waves sent out.
    Feed = "M5 18.5a.5.5 0 1 0 .01 0zM4.5 11a8.5 8.5 0 0 1 8.5 8.5M4.5 4.5a15 15 0 0 1 15 15";
    /// A shield.
    Shield = "M12 3 4 6v6c0 4.5 3.2 7.5 8 9 4.8-1.5 8-4.5 8-9V6zM8.5 12l2.5 2.5 4.5-5";
}

/// Properties of [`Icon`].
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// Which.
    pub name: IconName,
    /// Classes besides its own.
    #[prop_or_default]
    pub class: Classes,
}

/// An icon. It adds nothing to words and is not read out: what it stands for
/// is always said beside it or by its button's label.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    html! {
        <svg
            class={classes!("gestfg-icon", props.class.clone())}
            viewBox="0 0 24 24"
            aria-hidden="true"
            focusable="false"
        >
            <path d={props.name.path()} />
        </svg>
    }
}
