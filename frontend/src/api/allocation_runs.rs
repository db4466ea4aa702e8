//! Allocations of a round: agreements before them, the runs, and their answers.

use super::upload::Progress;
use super::{ApiError, Client};
use gestfg_types::allocation_runs::{
    AllocationAnswer, AllocationComparison, AllocationPins, AllocationPreview, AllocationPublication,
    AllocationRun, AllocationRunSummary, AllocationRuns, CreateAllocationRun, PinAllocation,
    PublishAllocation, RenameAllocationRun,
};
use gestfg_types::application_files::{ApplicationFile, ApplicationFileMode};
use gestfg_types::ids::{AllocationRoundId, AllocationRunId, ApplicationId};
use web_sys::{File, FormData};
use yew::Callback;

/// What became of the caller's own application in a published round.
pub async fn find_allocation_answer(
    client: &Client,
    round: AllocationRoundId,
) -> Result<AllocationAnswer, ApiError> {
    client.get(&format!("/allocation-rounds/{round}/answer")).fetch().await
}

/// The runs of a round, the newest first.
pub async fn list_allocation_runs(
    client: &Client,
    round: AllocationRoundId,
) -> Result<AllocationRuns, ApiError> {
    client.get(&format!("/allocation-rounds/{round}/runs")).fetch().await
}

/// Has a round allocated.
pub async fn create_allocation_run(
    client: &Client,
    round: AllocationRoundId,
    run: &CreateAllocationRun,
) -> Result<AllocationRunSummary, ApiError> {
    client.create(&format!("/allocation-rounds/{round}/runs")).json(run).fetch().await
}

/// A run, whole.
pub async fn find_allocation_run(client: &Client, id: AllocationRunId) -> Result<AllocationRun, ApiError> {
    client.get(&format!("/allocation-runs/{id}")).fetch().await
}

/// Names a run seen at this state of it, or takes its name away.
pub async fn rename_allocation_run(
    client: &Client,
    run: &AllocationRunSummary,
    name: Option<String>,
) -> Result<AllocationRunSummary, ApiError> {
    let path = format!("/allocation-runs/{}", run.id);
    client.patch(&path).if_match(run.version).json(&RenameAllocationRun { name }).fetch().await
}

/// Throws a draft away.
pub async fn delete_allocation_run(client: &Client, run: &AllocationRunSummary) -> Result<(), ApiError> {
    client.delete(&format!("/allocation-runs/{}", run.id)).if_match(run.version).done().await
}

/// How a run differs from another of its round.
pub async fn compare_allocation_runs(
    client: &Client,
    id: AllocationRunId,
    with: AllocationRunId,
) -> Result<AllocationComparison, ApiError> {
    client.get(&format!("/allocation-runs/{id}/comparison?with={with}")).fetch().await
}

/// What publishing a run would do now.
pub async fn preview_allocation(client: &Client, id: AllocationRunId) -> Result<AllocationPreview, ApiError> {
    client.get(&format!("/allocation-runs/{id}/publish-preview")).fetch().await
}

/// Gives the projects of a run.
pub async fn publish_allocation_run(
    client: &Client,
    run: &AllocationRunSummary,
    override_reason: Option<String>,
) -> Result<AllocationPublication, ApiError> {
    let body = PublishAllocation { override_reason };
    client
        .post(&format!("/allocation-runs/{}/publish", run.id))
        .if_match(run.version)
        .json(&body)
        .fetch()
        .await
}

/// A run as a file: `json` to be verified anywhere, `csv` or `xlsx`.
pub async fn export_allocation_run(
    client: &Client,
    id: AllocationRunId,
    format: &str,
) -> Result<Vec<u8>, ApiError> {
    client.get(&format!("/allocation-runs/{id}/export?format={format}")).download().await
}

/// Agreements made before.
pub async fn list_allocation_pins(
    client: &Client,
    round: AllocationRoundId,
) -> Result<AllocationPins, ApiError> {
    client.get(&format!("/allocation-rounds/{round}/pins")).fetch().await
}

/// Notes an agreement.
pub async fn write_allocation_pin(
    client: &Client,
    round: AllocationRoundId,
    application: ApplicationId,
    pin: &PinAllocation,
) -> Result<AllocationPins, ApiError> {
    client.put(&format!("/allocation-rounds/{round}/pins/{application}")).json(pin).fetch().await
}

/// Takes an agreement back.
pub async fn delete_allocation_pin(
    client: &Client,
    round: AllocationRoundId,
    application: ApplicationId,
) -> Result<(), ApiError> {
    client.delete(&format!("/allocation-rounds/{round}/pins/{application}")).done().await
}

/// Reads choices and records from a spreadsheet.
pub async fn read_application_file(
    client: &Client,
    round: AllocationRoundId,
    file: &File,
    mode: ApplicationFileMode,
    override_reason: Option<&str>,
) -> Result<ApplicationFile, ApiError> {
    let form = FormData::new().map_err(|_error| ApiError::Network)?;
    form.append_with_str("mode", mode.as_str()).map_err(|_error| ApiError::Network)?;
    if let Some(reason) = override_reason {
        form.append_with_str("override_reason", reason).map_err(|_error| ApiError::Network)?;
    }
    form.append_with_blob_and_filename("file", file, &file.name()).map_err(|_error| ApiError::Network)?;
    let path = format!("/allocation-rounds/{round}/application-files");
    client.upload(&path, &form, Callback::from(|_: Progress| {})).await
}
