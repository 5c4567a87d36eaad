"""The best value of a round by another solver (CP-SAT) and another model; nothing is shared with ours but values."""

from ortools.sat.python import cp_model


class Model:
    """x: who reviews whom; z: which outcomes a review takes; w: both, where it is worth something."""

    def __init__(self, problem):
        self.problem, self.model = problem, cp_model.CpModel()
        self.codes = [nominee.code for nominee in problem.nominees]
        self.outcomes = [outcome for each in problem.sets for outcome in each.outcomes]
        new = self.model.new_bool_var
        self.x = {(i, j): new("") for i in self.codes for j in self.codes if i != j}
        self.z = {(j, o): new("") for j in self.codes for o in self.outcomes}
        self.pair_rules()
        self.outcome_rules()

    def pair_rules(self):
        board = {nominee.code: nominee.board for nominee in self.problem.nominees}
        for code in self.codes:
            self.model.add_exactly_one(var for (i, _), var in self.x.items() if i == code)
            self.model.add_exactly_one(var for (_, j), var in self.x.items() if j == code)
        for (i, j), var in self.x.items():
            if board[i] == board[j] or {(i, j), (j, i)} & set(self.problem.conflicts):
                self.model.add(var == 0)
            if i < j and len(self.codes) > 2:
                self.model.add(var + self.x[j, i] <= 1)
        for fixed in self.problem.fixed:
            if fixed.reviewer is not None:
                self.model.add(self.x.get((fixed.reviewer, fixed.reviewed), 0) == 1)
            for outcome in fixed.outcomes:
                self.model.add(self.z[fixed.reviewed, outcome] == 1)

    def outcome_rules(self):
        n, everything = len(self.codes), 0
        for each in self.problem.sets:
            places = n * each.each + each.extra
            everything += places
            self.model.add(sum(self.z[j, o] for j in self.codes for o in each.outcomes) == places)
            for j in self.codes:
                self.spread(sum(self.z[j, o] for o in each.outcomes), places, n, 0)
            for o in each.outcomes:
                self.spread(sum(self.z[j, o] for j in self.codes), places, len(each.outcomes), 1)
        for j in self.codes:
            self.spread(sum(self.z[j, o] for o in self.outcomes), everything, n, 0)

    def spread(self, amount, whole, parts, least):
        self.model.add(amount >= max(least, whole // parts))
        self.model.add(amount <= -(-whole // parts))

    def repeats(self):
        """The variables of repeats by age."""
        problem = self.problem
        board = {nominee.code: nominee.board for nominee in problem.nominees}
        key = board if len(set(board.values())) == len(board) else {code: code for code in board}
        last = {}
        for past in problem.history:
            if past.year >= problem.year:
                continue
            by, of = (past.reviewer, past.reviewed) if key is not board else (past.reviewer_board, past.reviewed_board)
            for what in ((by, of), *((of, outcome, "outcome") for outcome in past.outcomes)):
                last[what] = max(past.year, last.get(what, 0))
        ages = {age: [] for age in range(1, problem.memory + 1)}
        for (i, j), var in self.x.items():
            ages.get(problem.year - last.get((key[i], key[j]), 0), []).append(var)
        for (j, o), var in self.z.items():
            ages.get(problem.year - last.get((key[j], o, "outcome"), 0), []).append(var)
        return ages

    def benefit(self):
        weights, terms = self.problem.weights, []
        nominees = {nominee.code: nominee for nominee in self.problem.nominees}
        for (j, o), var in self.z.items():
            terms.append(weights.wish * (o in nominees[j].wishes) * var)
            low = nominees[j].levels.get(o)
            gains = {i: weights.step * ((nominees[i].levels.get(o) or 0) - low) for i in self.codes} if low else {}
            parts = []
            for i in (i for i, gain in gains.items() if i != j and gain > 0):
                both = self.model.new_bool_var("")
                self.model.add_implication(both, self.x[i, j])
                parts.append(both)
                terms.append(gains[i] * both)
            self.model.add(sum(parts) <= var)
        return sum(terms)


def best_by_cp_sat(problem):
    """(-repeats..., total), or None when there is no allocation."""
    model = Model(problem)
    ages = model.repeats()
    value = []
    for goal in (sum(sum(each) for each in ages.values()), *(sum(each) for each in ages.values()), -model.benefit()):
        model.model.minimize(goal)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(model.model)
        if status == cp_model.INFEASIBLE:
            return None
        assert status == cp_model.OPTIMAL
        value.append(-round(solver.objective_value))
        model.model.add(goal == -value[-1])
    return tuple(value)
