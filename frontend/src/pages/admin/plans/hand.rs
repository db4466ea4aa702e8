//! What is in hand over the board, and where it would go.

use super::board::{Board, Change, Verdict, request};
use super::committee::Piece;
use super::findings::spoken;
use crate::i18n::Texts;
use gestfg_types::planning::PlanSeat;

/// Of the place under the pointer, what counts for what is in hand: a project of the same
/// committee stands for its committee, and so does a seat.
pub(super) fn onto(board: &Board, held: Option<Piece>, piece: Piece) -> Piece {
    match (held, piece) {
        (Some(Piece::Project(_)), Piece::Seat(seat)) => Piece::Committee(seat.committee),
        (Some(Piece::Project(id)), Piece::Project(other)) if board.home(id) == board.home(other) => {
            board.home(other).map_or(piece, Piece::Committee)
        }
        _ => piece,
    }
}

/// What putting one thing onto another means; nothing when they do not go together.
pub(super) fn change_of(board: &Board, held: Piece, target: Piece) -> Option<Change> {
    match (held, target) {
        (Piece::Seat(from), Piece::Seat(to)) if from != to => Some(Change::Swap(from, to)),
        (Piece::Project(id), Piece::Committee(at)) if board.home(id) != Some(at) => {
            Some(Change::Project(id, at))
        }
        (Piece::Project(id), Piece::Project(other)) if board.home(id) != board.home(other) => {
            Some(Change::Exchange(id, other))
        }
        _ => None,
    }
}

fn around(at: usize, by: isize, count: usize) -> usize {
    let count = isize::try_from(count).unwrap_or(1).max(1);
    let at = isize::try_from(at).unwrap_or(0);
    usize::try_from((at + by).rem_euclid(count)).unwrap_or(0)
}

/// The next target in a direction: a seat for a seat; for a project a committee, and in it down
/// through its projects, with which it would change places.
pub(super) fn step(board: &Board, held: Piece, from: Piece, columns: isize, rows: isize) -> Option<Piece> {
    match (held, onto(board, Some(held), from)) {
        (Piece::Project(_), Piece::Committee(at)) if rows == 0 => {
            Some(Piece::Committee(around(at, columns, board.committees.len())))
        }
        (Piece::Project(_), Piece::Project(other)) if rows == 0 => {
            Some(Piece::Committee(around(board.home(other)?, columns, board.committees.len())))
        }
        (Piece::Project(id), from @ (Piece::Committee(_) | Piece::Project(_))) => {
            let at = match from {
                Piece::Project(other) => board.home(other)?,
                Piece::Committee(at) => at,
                Piece::Seat(_) => return None,
            };
            let mut all = vec![Piece::Committee(at)];
            if board.home(id) != Some(at) {
                let here = board.committees.get(at)?.projects.iter();
                all.extend(here.filter_map(request).map(Piece::Project));
            }
            let now = all.iter().position(|piece| *piece == from).unwrap_or(0);
            all.get(around(now, rows, all.len())).copied()
        }
        (Piece::Seat(_), Piece::Seat(seat)) => {
            let committee = around(seat.committee, columns, board.committees.len());
            let count = board.committees.get(committee)?.seats.len();
            Some(Piece::Seat(PlanSeat { committee, seat: around(seat.seat, rows, count) }))
        }
        _ => None,
    }
}

/// What is said of what is in hand, for those who do not see it.
pub(super) fn said(
    t: Texts,
    board: &Board,
    held: Option<Piece>,
    target: Option<Piece>,
    verdict: Option<&Verdict>,
) -> String {
    let name = |piece: Piece| match piece {
        Piece::Seat(seat) => board.at(seat).map_or_else(String::new, |who| board.name(who)),
        Piece::Project(id) => board.title(id),
        Piece::Committee(at) => t.committee_label(at + 1),
    };
    let Some(held) = held else { return String::new() };
    let Some(target) = target else { return t.plan_held(&name(held)) };
    let place = match target {
        Piece::Seat(seat) => {
            let seat_name = t.seat_name(seat.seat, board.full_seats());
            format!("{}, {seat_name}, {}", t.committee_label(seat.committee + 1), name(target))
        }
        Piece::Project(other) => {
            let home = board.home(other).map_or_else(String::new, |at| t.committee_label(at + 1));
            t.plan_exchange_with(&name(target), &home)
        }
        Piece::Committee(_) => name(target),
    };
    let verdict = match verdict {
        None => t.plan_here_already().to_owned(),
        Some(verdict) => spoken(t, board, verdict),
    };
    format!("{} → {place}. {verdict}", name(held))
}
