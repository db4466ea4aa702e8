//! A bucket of any S3-compatible server, or a folder that stands in for one.

use super::folder::{Folder, Part};
use actix_web::web::Bytes;
use anyhow::{Context, Result, bail};
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::multipart::{MultipartStore, PartId};
use object_store::path::Path;
use object_store::{
    ClientOptions, Error, GetOptions, GetRange, MultipartId, ObjectStore, ObjectStoreExt, RetryConfig,
};
use percent_encoding::percent_decode_str;
use std::ops::Range;
use std::time::Duration;
use url::Url;
use uuid::Uuid;

/// Bytes of a part: no S3-compatible server takes smaller ones, but for the last.
pub(super) const PART: usize = 5 * 1024 * 1024;

/// How long the bucket may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where documents are kept outside the database, one object each.
#[derive(Debug)]
pub struct Bucket(Place);

#[derive(Debug)]
enum Place {
    S3(AmazonS3, Path),
    Folder(Folder),
}

impl Bucket {
    /// Read a `STORAGE_URL`; nothing is connected yet.
    ///
    /// # Errors
    /// Says what about it cannot be understood, without its secrets.
    pub fn open(text: &str) -> Result<Self> {
        let url = Url::parse(text).ok().context("STORAGE_URL is not a URL")?;
        match url.scheme() {
            "s3" => s3(&url, "https"),
            "s3+http" => s3(&url, "http"),
            "file" => {
                let root = url.to_file_path().ok().context("STORAGE_URL names no folder")?;
                Folder::open(&root).context("the folder of STORAGE_URL cannot be used").map(Place::Folder)
            }
            other => bail!("STORAGE_URL begins with `{other}:`, none of `s3:`, `s3+http:` and `file:`"),
        }
        .map(Self)
    }

    /// Begin an object, which is there when it is complete and not before.
    pub(super) async fn begin(&self, id: Uuid) -> Result<Writing> {
        Ok(match &self.0 {
            Place::S3(store, prefix) => {
                let path = object(prefix, id);
                let upload = soon(store.create_multipart(&path)).await?;
                Writing::S3 { path, upload, parts: Vec::new() }
            }
            Place::Folder(folder) => Writing::Folder(folder.begin(id).await?),
        })
    }

    /// Add a part; all but the last have [`PART`] bytes.
    pub(super) async fn add(&self, writing: &mut Writing, bytes: Vec<u8>) -> Result<()> {
        match (writing, &self.0) {
            (Writing::S3 { path, upload, parts }, Place::S3(store, _)) => {
                let part = soon(store.put_part(path, upload, parts.len(), bytes.into())).await?;
                parts.push(part);
            }
            (Writing::Folder(part), _) => part.add(&bytes).await?,
            (Writing::S3 { .. }, Place::Folder(_)) => bail!("an upload of another place"),
        }
        Ok(())
    }

    /// Complete the object.
    pub(super) async fn complete(&self, writing: Writing) -> Result<()> {
        match (writing, &self.0) {
            (Writing::S3 { path, upload, parts }, Place::S3(store, _)) => {
                soon(store.complete_multipart(&path, &upload, parts)).await?;
            }
            (Writing::Folder(part), Place::Folder(folder)) => folder.complete(part).await?,
            _ => bail!("an upload of another place"),
        }
        Ok(())
    }

    /// Leave nothing of an object that was begun, complete or not.
    pub(super) async fn remove(&self, id: Uuid, multipart: Option<&str>) -> Result<()> {
        match &self.0 {
            Place::S3(store, prefix) => {
                let path = object(prefix, id);
                if let Some(name) = multipart {
                    absent_is_fine(soon(store.abort_multipart(&path, &MultipartId::from(name))).await)?;
                }
                absent_is_fine(soon(store.delete(&path)).await)?;
            }
            Place::Folder(folder) => folder.remove(id).await?,
        }
        Ok(())
    }

    /// The bytes of an object in a range, as they come.
    pub(super) async fn read(
        &self,
        id: Uuid,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes>>> {
        Ok(match &self.0 {
            Place::S3(store, prefix) => {
                let options = GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
                let found = soon(store.get_opts(&object(prefix, id), options)).await?;
                found.into_stream().map_err(Into::into).boxed()
            }
            Place::Folder(folder) => folder.read(id, range).await?.map_err(Into::into).boxed(),
        })
    }

    /// How large an object is; nothing where there is none.
    ///
    /// # Errors
    /// When the bucket cannot be reached.
    pub async fn size(&self, id: Uuid) -> Result<Option<u64>> {
        match &self.0 {
            Place::S3(store, prefix) => match soon(store.head(&object(prefix, id))).await {
                Ok(found) => Ok(Some(found.size)),
                Err(Error::NotFound { .. }) => Ok(None),
                Err(other) => Err(other.into()),
            },
            Place::Folder(folder) => Ok(folder.size(id).await?),
        }
    }

    /// The names of all objects of ours.
    pub(super) fn names(&self) -> BoxStream<'_, Result<String>> {
        match &self.0 {
            Place::S3(store, prefix) => {
                let found = store.list(Some(&prefix.clone().join("documents")));
                let name = |path: &Path| path.filename().unwrap_or_default().to_owned();
                found.map_ok(move |found| name(&found.location)).map_err(Into::into).boxed()
            }
            Place::Folder(folder) => {
                let names = stream::once(async { folder.names() });
                names
                    .map_ok(|names| stream::iter(names.into_iter().map(Ok)))
                    .try_flatten()
                    .map_err(into)
                    .boxed()
            }
        }
    }
}

fn into(error: std::io::Error) -> anyhow::Error {
    error.into()
}

fn object(prefix: &Path, id: Uuid) -> Path {
    prefix.clone().join("documents").join(id.to_string())
}

fn s3(url: &Url, scheme: &str) -> Result<Place> {
    let host = url.host_str().context("STORAGE_URL names no server")?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let secret = url.password().context("STORAGE_URL has no `key:secret@`")?;
    let path = plain(url.path());
    let path = path.trim_matches('/');
    let (bucket, prefix) = path.split_once('/').unwrap_or((path, ""));
    if bucket.is_empty() {
        bail!("STORAGE_URL names no bucket");
    }
    let region = url.query_pairs().find(|(name, _)| name == "region").map(|(_, value)| value.into_owned());
    // What sends the requests has no cryptography of its own; ours is ring.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // Silence ends a download, not its length: whoever reads it may have a slow line.
    let waiting = ClientOptions::new()
        .with_allow_http(scheme == "http")
        .with_connect_timeout(Duration::from_secs(5))
        .with_read_timeout(Duration::from_secs(120))
        .with_timeout_disabled();
    // A browser waits; better to be told soon than to be kept hoping.
    let patience =
        RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(15), ..RetryConfig::default() };
    let store = AmazonS3Builder::new()
        .with_endpoint(format!("{scheme}://{host}{port}"))
        .with_bucket_name(bucket)
        .with_region(region.unwrap_or_else(|| "us-east-1".to_owned()))
        .with_access_key_id(plain(url.username()))
        .with_secret_access_key(plain(secret))
        .with_client_options(waiting)
        .with_retry(patience)
        .build()
        .context("STORAGE_URL cannot be used")?;
    Ok(Place::S3(store, Path::from(prefix)))
}

/// Whoever waits for an upload is told before a router gives up on it after 30 s.
async fn soon<T>(asked: impl Future<Output = object_store::Result<T>>) -> object_store::Result<T> {
    let silent = |source| Error::Generic { store: "S3", source: Box::new(source) };
    tokio::time::timeout(PATIENCE, asked).await.map_err(silent)?
}

fn absent_is_fine(done: object_store::Result<()>) -> object_store::Result<()> {
    match done {
        Err(Error::NotFound { .. }) => Ok(()),
        other => other,
    }
}

/// An object on its way into the bucket.
#[derive(Debug)]
pub(super) enum Writing {
    S3 { path: Path, upload: MultipartId, parts: Vec<PartId> },
    Folder(Part),
}

impl Writing {
    /// What the bucket calls it: who knows it can call it off from elsewhere.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::S3 { upload, .. } => Some(upload),
            Self::Folder(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Bucket;

    #[test]
    fn a_storage_url_is_understood_or_refused_without_its_secrets() {
        for url in [
            "s3://key:hush@s3.eu-west-1.amazonaws.com/faculty?region=eu-west-1",
            "s3+http://key:hu%2Fsh@127.0.0.1:9000/faculty/tfg",
        ] {
            assert!(Bucket::open(url).is_ok(), "{url}");
        }
        for url in ["faculty", "ftp://key:hush@host/b", "s3://host/bucket", "s3://key:hush@host/"] {
            let refused = format!("{:#}", Bucket::open(url).expect_err(url));
            assert!(refused.contains("STORAGE_URL") && !refused.contains("hush"), "{refused}");
        }
    }
}
