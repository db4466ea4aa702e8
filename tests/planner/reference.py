"""The timetable solved exactly with CP-SAT (OR-Tools), beside our own answer.

    scripts/planner-reference [--seconds S] instance.json...

Prints one row per instance: defences, the most that can be placed (ours, exact, bound) and, for
fixed panels, the back-to-back pairs once that many are placed: ours, and what the exact solver
makes of them when it begins with our timetable. Written from the rules alone.
"""

import argparse
import collections
import json
import subprocess
import time

from ortools.sat.python import cp_model

COSTS = {"y": 0, "?": 1, **{str(n): n for n in range(1, 10)}}


def answer(given, day, slot):
    """Cost of a slot, or None when it is refused."""
    if given is None:
        return 0
    row = given.get("days", {}).get(day)
    letter = row[slot] if row is not None else given.get("otherwise") or "y"
    return COSTS.get(letter)


def is_free(given, day, slots):
    return all(answer(given, day, s) is not None for s in slots)


class Timetable:
    """CP-SAT model of one instance: variables for start and room, and for each open seat."""

    def __init__(self, instance):
        self.instance = instance
        self.model = cp_model.CpModel()
        self.gap = instance.get("gap", 0)
        self.people = {p["id"]: p for p in instance["people"]}
        self.at = {}
        self.placed = {}
        busy = collections.defaultdict(list)
        rooms = collections.defaultdict(list)
        load = collections.defaultdict(list)
        for d in instance["defences"]:
            if d.get("team") or d.get("committee"):
                raise SystemExit("teams and standing committees are not modelled here")
            name, duration = d["id"], d.get("duration") or instance.get("duration", 1)
            options = self.options(d, duration)
            self.at[name] = {key: self.model.new_bool_var("") for key in options}
            self.placed[name] = self.model.new_bool_var("")
            self.model.add(sum(self.at[name].values()) == self.placed[name])
            starts = collections.defaultdict(list)
            for (day, slot, room), var in self.at[name].items():
                starts[day, slot].append(var)
                for s in range(slot, slot + duration + self.gap):
                    rooms[room, day, s].append(var)
            for person in d.get("people", []):
                load[person].append(self.placed[name])
                for (day, slot), vars_ in starts.items():
                    for s in range(slot, slot + duration + self.gap):
                        busy[person, day, s].append(sum(vars_))
            self.seats(d, duration, starts, busy, load)
        for group in (busy, rooms):
            for terms in group.values():
                if len(terms) > 1:
                    self.model.add(sum(terms) <= 1)
        for person, terms in load.items():
            most = self.people[person].get("max_defences")
            if most is not None:
                self.model.add(sum(terms) <= most)

    def options(self, d, duration):
        for day in self.instance["days"]:
            for slot in range(day["slots"] - duration + 1):
                span = range(slot, slot + duration)
                if any(a < span.stop and slot < b for a, b in day.get("closed", [])):
                    continue
                if not is_free(d.get("window"), day["id"], span):
                    continue
                if not all(is_free(self.people[p].get("availability"), day["id"], span) for p in d.get("people", [])):
                    continue
                for room in self.instance["rooms"]:
                    fits = not d.get("size") or not room.get("capacity") or d["size"] <= room["capacity"]
                    allowed = not d.get("rooms") or room["id"] in d["rooms"]
                    if fits and allowed and is_free(room.get("availability"), day["id"], span):
                        yield day["id"], slot, room["id"]

    def seats(self, d, duration, starts, busy, load):
        for (day, slot), vars_ in starts.items():
            here = collections.defaultdict(list)
            for seat in d.get("seats", []):
                choices = []
                for person in seat["eligible"]:
                    if person in d.get("excluded", []) or person in d.get("people", []):
                        continue
                    if is_free(self.people[person].get("availability"), day, range(slot, slot + duration)):
                        var = self.model.new_bool_var("")
                        choices.append(var)
                        here[person].append(var)
                        load[person].append(var)
                self.model.add(sum(choices) == sum(vars_))
            for person, terms in here.items():
                for s in range(slot, slot + duration + self.gap):
                    busy[person, day, s].append(sum(terms))

    def pairs(self):
        """Back-to-back pairs, each weighted by the people who attend both; every defence has at
        most one before and one after it in its room."""
        terms = []
        after = collections.defaultdict(list)
        before = collections.defaultdict(list)
        together = collections.defaultdict(list)
        list_ = self.instance["defences"]
        for a in list_:
            duration = a.get("duration") or self.instance.get("duration", 1)
            for b in list_:
                shared = len(set(a.get("people", [])) & set(b.get("people", [])))
                if a is b or not shared:
                    continue
                for (day, slot, room), first in self.at[a["id"]].items():
                    key = day, slot + duration + self.gap, room
                    second = self.at[b["id"]].get(key)
                    if second is not None:
                        both = self.model.new_bool_var("")
                        after[first].append(both)
                        before[second].append(both)
                        together[frozenset((a["id"], b["id"]))].append(both)
                        terms.append(shared * both)
        for variables in (after, before):
            for placed, list_ in variables.items():
                self.model.add(sum(list_) <= placed)
        for list_ in together.values():
            self.model.add_at_most_one(list_)
        return sum(terms)

    def begin_with(self, placements):
        """Lets the solver start from a timetable that is known."""
        where = {p["defence"]: (p["day"], p["slot"], p["room"]) for p in placements}
        for name, options in self.at.items():
            for key, var in options.items():
                self.model.add_hint(var, where.get(name) == key)


def solve(model, seconds):
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    began = time.time()
    solver.solve(model)
    return solver, time.time() - began


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--planner", required=True, help="program that reads an instance and writes a solution")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("instances", nargs="+")
    args = parser.parse_args()
    print(f"{'instance':<28} {'n':>4} | {'ours':>4} {'bound':>5} {'s':>6} | {'exact':>5} {'bound':>5} {'s':>6} |"
          f" {'pairs ours':>10} {'bound':>6} {'exact':>6} {'bound':>6}")
    for path in args.instances:
        with open(path) as file:
            text = file.read()
        instance = json.loads(text)
        run = subprocess.run([*args.planner.split(), "--time-limit", str(args.seconds)], input=text,
                             capture_output=True, text=True, check=True)
        ours = json.loads(run.stdout)
        table = Timetable(instance)
        placed = sum(table.placed.values())
        table.model.maximize(placed)
        solver, took = solve(table.model, args.seconds)
        most, bound = round(solver.objective_value), round(solver.best_objective_bound)
        row = (f"{path.split('/')[-1]:<28} {len(instance['defences']):>4} | {ours['scheduled']:>4} {ours['bound']:>5}"
               f" {ours['time_ms'] / 1000:>6.2f} | {most:>5} {bound:>5} {took:>6.2f} |")
        if not any(d.get("seats") for d in instance["defences"]):
            table.model.add(placed == most)
            table.model.maximize(table.pairs())
            table.begin_with(ours["placements"])
            solver, _ = solve(table.model, args.seconds)
            mine = next(m for m in ours["objectives"] if m["objective"] == "back_to_back")
            row += f" {mine['value']:>10} {mine['bound']:>6} {solver.objective_value:>6.0f} {solver.best_objective_bound:>6.0f}"
        print(row, flush=True)


if __name__ == "__main__":
    main()
