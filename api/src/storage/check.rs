//! Comparing what the database says of documents with what there is, both ways.

use super::{Bucket, Storage};
use crate::models::document::hexadecimal;
use crate::models::document_content::{self, Kept, PIECE};
use futures_util::{StreamExt, TryStreamExt};
use gestfg_types::documents::DocumentStore;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Contents that were looked at.
    pub checked: usize,
    /// Documents whose bytes are missing or other than they ought to be, and how.
    pub damaged: Vec<String>,
    /// Objects of the bucket that belong to no document, by name.
    pub strangers: Vec<String>,
}

/// Compare documents with their bytes, and the bucket's objects with documents.
/// With `thorough` every byte is read and its SHA-256 compared. With
/// `remove_strangers` objects that belong to nothing are removed.
///
/// # Errors
/// When the database or the bucket cannot be reached.
pub async fn check_documents(
    storage: &Storage,
    thorough: bool,
    remove_strangers: bool,
) -> anyhow::Result<Findings> {
    let mut found = Findings::default();
    let mut after = Uuid::nil();
    loop {
        let kept = storage.db.run(move |conn| Ok(document_content::list_kept(conn, after, 500)?)).await?;
        let Some(last) = kept.last() else { break };
        after = last.id;
        for kept in &kept {
            found.checked += 1;
            if let Some(damage) = damage(storage, kept, thorough).await? {
                found.damaged.push(format!("{}: {damage}", kept.id));
            }
        }
    }
    if let Some(bucket) = &storage.bucket {
        strangers(storage, bucket, remove_strangers, &mut found).await?;
    }
    Ok(found)
}

async fn damage(storage: &Storage, kept: &Kept, thorough: bool) -> anyhow::Result<Option<String>> {
    if kept.documents != 1 {
        return Ok(Some(format!("{} documents have it", kept.documents)));
    }
    let is_in_bucket = kept.store == DocumentStore::Bucket.as_str();
    let size = u64::try_from(kept.size)?;
    if is_in_bucket {
        match storage.bucket()?.size(kept.id).await? {
            None => return Ok(Some("the bucket does not have it".to_owned())),
            Some(there) if there != size => {
                return Ok(Some(format!("the bucket has {there} of {size} bytes")));
            }
            Some(_) => {}
        }
    } else if kept.piece_bytes != kept.size || u64::try_from(kept.pieces)? != size.div_ceil(PIECE as u64) {
        let Kept { pieces, piece_bytes, .. } = kept;
        return Ok(Some(format!("the database has {piece_bytes} of {size} bytes in {pieces} pieces")));
    }
    if !thorough {
        return Ok(None);
    }
    let read = storage.read(kept.id, is_in_bucket, 0..size).await?;
    let hasher =
        read.try_fold(Sha256::new(), |hasher, bytes| async move { Ok(hasher.chain_update(&bytes)) }).await;
    let hash = match hasher {
        Ok(hasher) => hasher.finalize(),
        Err(error) => return Ok(Some(format!("it cannot be read: {error}"))),
    };
    Ok((hash.as_slice() != kept.sha256).then(|| format!("its SHA-256 is {}", hexadecimal(&hash))))
}

async fn strangers(
    storage: &Storage,
    bucket: &Bucket,
    remove: bool,
    found: &mut Findings,
) -> anyhow::Result<()> {
    let mut names = bucket.names().chunks(500);
    while let Some(chunk) = names.next().await {
        let chunk = chunk.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
        let id_of = |name: &String| Uuid::parse_str(name.trim_end_matches(".part")).ok();
        let ids: Vec<Uuid> = chunk.iter().filter_map(id_of).collect();
        // Asked after the object was seen: an upload has its row before its object.
        let known = storage.db.run(move |conn| Ok(document_content::known(conn, &ids)?)).await?;
        for name in chunk {
            let id = id_of(&name);
            if id.is_some_and(|id| known.contains(&id)) {
                continue;
            }
            found.strangers.push(name);
            if let Some(id) = id.filter(|_| remove) {
                bucket.remove(id, None).await?;
            }
        }
    }
    Ok(())
}
