"""Our stable allocations beside those of `matching` (PyPI): scripts/planner-matching [--rounds N]

Random rounds without ties, decided by both for both sides: the pairs have to be the same, and neither
may find a blocking pair in the other's. Then a few larger ones, timed.
"""

import argparse
import json
import random
import subprocess
import sys
import threading
import time
import warnings

from matching.games import StudentAllocation


def invent(rng, students, projects, tutors, wishes):
    """A round in which every limit of a tutor can matter: between the largest and the sum of their projects."""
    owner = {f"p{p}": f"l{p if p < tutors else rng.randrange(tutors)}" for p in range(projects)}
    places = {p: rng.randint(1, 3) for p in owner}
    wanted = {f"s{s}": rng.sample(sorted(owner), rng.randint(1, min(wishes, projects))) for s in range(students)}
    likes, limits = {}, {}
    for tutor in sorted(set(owner.values())):
        own = [p for p in owner if owner[p] == tutor]
        known = [s for s in wanted if any(owner[p] == tutor for p in wanted[s])]
        rng.shuffle(known)
        likes[tutor] = known
        limits[tutor] = rng.randint(max(places[p] for p in own), sum(places[p] for p in own))
    return wanted, likes, owner, places, limits


def ours(planner, method, wanted, likes, owner, places, limits):
    instance = {
        "students": [{"id": s} for s in wanted],
        "applicants": [{"id": s, "students": [s], "preferences": [[p] for p in list_]} for s, list_ in wanted.items()],
        "projects": [{"id": p, "tutor": owner[p], "places": places[p], "shared": True} for p in owner],
        "tutors": [{"id": t, "upper": limits[t], "preferences": [[s] for s in list_]} for t, list_ in likes.items()],
        "method": method,
    }
    began = time.time()
    run = subprocess.run(planner.split() + ["allocation"], input=json.dumps(instance), capture_output=True,
                         text=True, check=True)
    solution = json.loads(run.stdout)
    return solution, {p["applicant"]: p["project"] for p in solution["pairs"]}, time.time() - began


def theirs(side, wanted, likes, owner, places, limits):
    # Whom nobody can teach and what nobody wants is no player there.
    asked = {p for list_ in wanted.values() for p in list_}
    owner = {p: t for p, t in owner.items() if p in asked}
    likes = {t: list_ for t, list_ in likes.items() if list_}
    limits = {t: limits[t] for t in likes}
    began = time.time()
    game = StudentAllocation.create_from_dictionaries(
        wanted, likes, owner, {p: places[p] for p in owner}, limits)
    solved = game.solve(optimal=side)
    took = time.time() - began
    return game, {s.name: p.name for p, list_ in solved.items() for s in list_}, took


def blocking(pairs, wanted, likes, owner, places, limits):
    """Blocking pairs by the definition of Abraham, Irving and Manlove, written from the paper alone."""
    at, by = {}, {}
    for s, p in pairs.items():
        at.setdefault(p, []).append(s)
        by.setdefault(owner[p], []).append(s)
    for s, list_ in wanted.items():
        for p in list_[: list_.index(pairs[s]) if s in pairs else len(list_)]:
            t = owner[p]
            rank = likes[t].index
            here, with_tutor = at.get(p, []), by.get(t, [])
            if len(here) < places[p]:
                if len(with_tutor) < limits[t] or s in with_tutor or rank(s) < max(map(rank, with_tutor)):
                    yield s, p
            elif rank(s) < max(map(rank, here)):
                yield s, p


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--planner", required=True, help="program that reads an instance and writes a solution")
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 300, 1000])
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    sides = {"student": "stable_student_optimal", "supervisor": "stable_lecturer_optimal"}
    rng = random.Random(2026)
    for number in range(args.rounds):
        projects = rng.randint(1, 12)
        world = invent(rng, rng.randint(1, 20), projects, rng.randint(1, projects), 6)
        for side, method in sides.items():
            solution, mine, _ = ours(args.planner, method, *world)
            _, other, _ = theirs(side, *world)
            found = list(blocking(mine, *world))
            if found or solution["measures"]["blocking"]:
                raise SystemExit(f"round {number}: our {method} is blocked by {found}: {world}")
            blocked = list(blocking(other, *world))
            if blocked:
                print(f"round {number}: theirs ({side}) is blocked by {blocked}, ours by nothing", flush=True)
            elif mine != other:
                raise SystemExit(f"round {number} ({side}): ours {mine}\ntheirs {other}\n{world}")
    print(f"{args.rounds} rounds, both sides: compared")
    print(f"{'students':>9} {'wishes':>7} {'projects':>8} {'tutors':>7} | {'ours, s':>8} {'in it':>8} | {'theirs, s':>9}")
    for size in args.sizes:
        world = invent(rng, size, max(size * 3 // 10, 1), max(size * 8 // 100, 1), 10)
        solution, mine, took = ours(args.planner, sides["student"], *world)
        _, other, theirs_took = theirs("student", *world)
        same = "" if mine == other else "  DIFFERENT"
        wishes = sum(map(len, world[0].values()))
        print(f"{size:>9} {wishes:>7} {len(world[2]):>8} {len(world[1]):>7} | {took:>8.3f} {solution['time_ms'] / 1000:>8.3f}"
              f" | {theirs_took:>9.3f}{same}", flush=True)


if __name__ == "__main__":
    # Their players refer to each other, and are copied by recursion.
    sys.setrecursionlimit(1_000_000)
    threading.stack_size(512 * 1024 * 1024)
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()
