//! How the server is doing, for a monitor that asks: requests and how long
//! they take, the pool, streams, jobs and what waits. Numbers are of this
//! process, but for queues, which are the database's and the same everywhere.
//!
//! Labels are patterns of paths, never paths: no id, name or address gets in.

use crate::app::AppState;
use crate::build;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web;
use chrono::{DateTime, Utc};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use std::sync::Arc;
use std::time::Instant;

mod process;

pub use process::resident_bytes;

/// Upper ends of the buckets of latencies, in seconds: what we promise lies
/// between the second and the fifth, what the router cuts off beyond the last.
const BUCKETS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 20.0];

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    route: String,
}

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Job {
    job: &'static str,
}

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Waiting {
    queue: &'static str,
    state: &'static str,
}

/// The gauges and counters of a process.
#[derive(Clone)]
pub struct Metrics(Arc<Inner>);

struct Inner {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Asked, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
    job_runs: Family<Job, Gauge>,
    job_failures: Family<Job, Counter>,
    queues: Family<Waiting, Gauge>,
    database_up: Gauge,
    pool_size: Gauge,
    pool_open: Gauge,
    pool_used: Gauge,
    pool_waiting: Gauge,
    streams: Gauge,
    resident: Gauge,
}

/// What a process has and what waits for it, when it is asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sight {
    /// How many wait in which state of which queue; none while the database is away.
    pub(crate) queues: Option<Vec<(&'static str, &'static str, i64)>>,
    pub(crate) pool: crate::db::PoolLoad,
    pub(crate) streams: usize,
}

impl Metrics {
    /// Nothing has been counted yet.
    #[must_use]
    pub fn new(now: DateTime<Utc>) -> Self {
        let mut registry = Registry::with_prefix("gestfg");
        let seconds: fn() -> Histogram = || Histogram::new(BUCKETS);
        let mut inner = Inner {
            registry: Registry::default(),
            requests: Family::default(),
            seconds: Family::new_with_constructor(seconds),
            in_flight: Gauge::default(),
            job_runs: Family::default(),
            job_failures: Family::default(),
            queues: Family::default(),
            database_up: Gauge::default(),
            pool_size: Gauge::default(),
            pool_open: Gauge::default(),
            pool_used: Gauge::default(),
            pool_waiting: Gauge::default(),
            streams: Gauge::default(),
            resident: Gauge::default(),
        };
        let started: Gauge = Gauge::default();
        started.set(now.timestamp());
        let build = Info::new(vec![
            ("version".to_owned(), build::VERSION.to_owned()),
            ("commit".to_owned(), build::commit()),
        ]);
        registry.register("build", "The program that runs", build);
        let unit = || Unit::Seconds;
        registry.register("http_requests", "Answers, by route, method and status", inner.requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Until the answer began",
            unit(),
            inner.seconds.clone(),
        );
        registry.register(
            "http_requests_in_flight",
            "Requests whose answer has not begun",
            inner.in_flight.clone(),
        );
        registry.register_with_unit(
            "job_last_run_timestamp",
            "When a job of the worker last went well",
            unit(),
            inner.job_runs.clone(),
        );
        registry.register("job_failures", "Runs of a job that failed", inner.job_failures.clone());
        registry.register(
            "queue_length",
            "What waits, or has failed; of all servers together",
            inner.queues.clone(),
        );
        registry.register(
            "database_up",
            "Whether the database answered when this was asked",
            inner.database_up.clone(),
        );
        registry.register("pool_size", "Connections there may be for requests", inner.pool_size.clone());
        registry.register("pool_open", "Connections there are", inner.pool_open.clone());
        registry.register("pool_used", "Connections at work", inner.pool_used.clone());
        registry.register("pool_waiting", "Requests that wait for a connection", inner.pool_waiting.clone());
        registry.register("streams", "Open streams of what changes", inner.streams.clone());
        let process = registry.sub_registry_with_prefix("process");
        process.register_with_unit("start_time", "When this process began", unit(), started);
        process.register_with_unit(
            "resident_memory",
            "Memory this process takes",
            Unit::Bytes,
            inner.resident.clone(),
        );
        inner.registry = registry;
        Self(Arc::new(inner))
    }

    /// A job of the worker was done, or was not.
    pub fn note_job(&self, job: &'static str, went_well: bool, now: DateTime<Utc>) {
        if went_well {
            self.0.job_runs.get_or_create(&Job { job }).set(now.timestamp());
        } else {
            self.0.job_failures.get_or_create(&Job { job }).inc();
        }
    }

    /// Everything, in the text format of OpenMetrics.
    pub(crate) fn write(&self, sight: &Sight) -> Result<String, std::fmt::Error> {
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let inner = &self.0;
        inner.database_up.set(i64::from(sight.queues.is_some()));
        // What is not known is not told.
        inner.queues.clear();
        for (queue, state, waiting) in sight.queues.iter().flatten() {
            inner.queues.get_or_create(&Waiting { queue, state }).set(*waiting);
        }
        inner.pool_size.set(count(sight.pool.size));
        inner.pool_open.set(count(sight.pool.open));
        inner.pool_used.set(count(sight.pool.used));
        inner.pool_waiting.set(count(sight.pool.waiting));
        inner.streams.set(count(sight.streams));
        inner.resident.set(resident_bytes().and_then(|bytes| i64::try_from(bytes).ok()).unwrap_or_default());
        let mut text = String::with_capacity(64 * 1024);
        encode(&mut text, &inner.registry)?;
        Ok(text)
    }

    fn note_answer(&self, method: &'static str, route: String, status: u16, began: Instant) {
        let asked = Asked { method, route: route.clone() };
        self.0.seconds.get_or_create(&asked).observe(began.elapsed().as_secs_f64());
        self.0.requests.get_or_create(&Answered { method, route, status }).inc();
    }
}

/// Counts a request while it is answered, cut off or not.
struct InFlight(Metrics);

impl InFlight {
    fn begin(metrics: &Metrics) -> Self {
        metrics.0.in_flight.inc();
        Self(metrics.clone())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.0.in_flight.dec();
    }
}

/// Counts every request, how it was answered and how long until then.
///
/// # Errors
/// Those of the service within.
pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let began = Instant::now();
    let metrics = request.app_data::<web::Data<AppState>>().map(|state| state.metrics.clone());
    let method = method_of(request.method());
    let counted = metrics.as_ref().map(InFlight::begin);
    let response = next.call(request).await?;
    drop(counted);
    if let Some(metrics) = metrics {
        metrics.note_answer(method, route_of(response.request()), response.status().as_u16(), began);
    }
    Ok(response)
}

/// The pattern of its path; whatever is no operation is counted together.
pub(crate) fn route_of(request: &actix_web::HttpRequest) -> String {
    request.match_pattern().unwrap_or_else(|| {
        let is_api = request.path().starts_with("/api");
        if is_api { "unknown operation" } else { "interface" }.to_owned()
    })
}

/// Methods come from outside: those nobody knows are counted as one.
fn method_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
