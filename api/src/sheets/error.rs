//! Why a file is refused.

use gestfg_types::errors::ErrorCode;

/// Why a file could not be taken as a spreadsheet. The texts are for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// No bytes, or only white space.
    #[error("The file is empty.")]
    Empty,
    /// Some other kind of file.
    #[error("This is not a spreadsheet. XLSX, XLS, ODS and CSV files are taken.")]
    NotASpreadsheet,
    /// HTML or XML under the name of a spreadsheet.
    #[error(
        "This is a web page named like a spreadsheet. Open it in a spreadsheet program and save it as XLSX."
    )]
    WebPage,
    /// A binary workbook of Excel.
    #[error("XLSB workbooks are not taken. Save it as XLSX.")]
    BinaryWorkbook,
    /// Protected by a password.
    #[error("The file is protected by a password. Save it without one.")]
    Locked,
    /// Broken inside; the text says where, for whoever looks into it.
    #[error("The file is damaged: {0}.")]
    Damaged(String),
    /// A document type or entity declaration, which no spreadsheet program writes.
    #[error("The file declares XML entities, which spreadsheets do not have.")]
    Entities,
    /// A quoted field that goes on to the end of the file.
    #[error("A quotation mark opened in row {0} is never closed.")]
    OpenQuote(u32),
    /// No such sheet.
    #[error("There is no sheet called «{0}».")]
    NoSuchSheet(String),
    /// Sheets, but nothing in them.
    #[error("No sheet of the file holds anything.")]
    NothingInside,
    /// More bytes than taken.
    #[error("The file is larger than 20 MB.")]
    FileTooLarge,
    /// A compressed file that grows beyond measure.
    #[error("The file grows to more than 64 MB when it is opened.")]
    Inflates,
    /// More parts than a spreadsheet has.
    #[error("The file has more parts inside than a spreadsheet has.")]
    TooManyParts,
    /// More rows than taken.
    #[error("The sheet has more than 50,000 rows.")]
    TooManyRows,
    /// More columns than taken.
    #[error("The sheet uses more than 256 columns.")]
    TooManyColumns,
    /// More cells or text than taken.
    #[error("The sheet holds more text than can be taken at once.")]
    TooMuchText,
}

impl SheetError {
    /// The code of the refusal.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Empty
            | Self::NotASpreadsheet
            | Self::WebPage
            | Self::BinaryWorkbook
            | Self::Locked
            | Self::Damaged(_)
            | Self::Entities
            | Self::OpenQuote(_)
            | Self::NothingInside => ErrorCode::UnreadableFile,
            Self::NoSuchSheet(_) => ErrorCode::ValidationFailed,
            Self::FileTooLarge
            | Self::Inflates
            | Self::TooManyParts
            | Self::TooManyRows
            | Self::TooManyColumns
            | Self::TooMuchText => ErrorCode::TooLarge,
        }
    }

    /// A damaged file, with what the reader had to say about it.
    pub(crate) fn damaged(cause: impl std::fmt::Display) -> Self {
        let text = cause.to_string();
        Self::Damaged(text.chars().filter(|c| !c.is_control()).take(200).collect())
    }
}
