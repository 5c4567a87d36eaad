"""The best value of a round from one integer program, solved goal after goal, without multipliers or decomposition.

It shares only the values and HiGHS with the solver. (CP-SAT needs minutes for what this proves in a second.)
"""

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_array


class Model:
    """Columns (i, j): i reviews j; (j, o): the review of j takes o; (i, j, o): both."""

    def __init__(self, problem):
        self.problem, self.rows = problem, []
        self.codes = [nominee.code for nominee in problem.nominees]
        self.outcomes = [("outcome", outcome) for each in problem.sets for outcome in each.outcomes]
        self.x = [(i, j) for i in self.codes for j in self.codes if i != j]
        self.z = [(j, o) for j in self.codes for o in self.outcomes]
        self.w = [(i, j, o) for i, j in self.x for o in self.outcomes]
        self.number = {name: number for number, name in enumerate([*self.x, *self.z, *self.w])}
        self.pair_rules()
        self.outcome_rules()
        for i, j, o in self.w:
            self.demand({(i, j, o): 1, (i, j): -1}, -1, 0)
        for j, o in self.z:
            self.demand({(j, o): -1} | {(i, j, o): 1 for i in self.codes if i != j}, 0, 0)

    def demand(self, terms, low, high):
        self.rows.append((terms, low, high))

    def pair_rules(self):
        board = {nominee.code: nominee.board for nominee in self.problem.nominees}
        for code in self.codes:
            self.demand({(i, j): 1 for i, j in self.x if i == code}, 1, 1)
            self.demand({(i, j): 1 for i, j in self.x if j == code}, 1, 1)
        for i, j in self.x:
            if board[i] == board[j] or {(i, j), (j, i)} & set(self.problem.conflicts):
                self.demand({(i, j): 1}, 0, 0)
            if i < j and len(self.codes) > 2:
                self.demand({(i, j): 1, (j, i): 1}, 0, 1)
        for fixed in self.problem.fixed:
            if fixed.reviewer is not None:
                self.demand({(fixed.reviewer, fixed.reviewed): 1}, 1, 1)
            for outcome in fixed.outcomes:
                self.demand({(fixed.reviewed, ("outcome", outcome)): 1}, 1, 1)

    def outcome_rules(self):
        n, everything = len(self.codes), 0
        for each in self.problem.sets:
            inside = [("outcome", outcome) for outcome in each.outcomes]
            places = n * each.each + each.extra
            everything += places
            self.demand({(j, o): 1 for j in self.codes for o in inside}, places, places)
            for j in self.codes:
                self.spread({(j, o): 1 for o in inside}, places, n, 0)
                for i in self.codes:
                    if i != j:
                        self.demand({(i, j): -(places // n)} | {(i, j, o): 1 for o in inside}, 0, np.inf)
                        self.demand({(i, j): -(places // -n)} | {(i, j, o): -1 for o in inside}, 0, np.inf)
            for o in inside:
                self.spread({(j, o): 1 for j in self.codes}, places, len(inside), 1)
        for j in self.codes:
            self.spread({(j, o): 1 for o in self.outcomes}, everything, n, 0)

    def spread(self, terms, whole, parts, least):
        self.demand(terms, max(least, whole // parts), -(-whole // parts))

    def repeats(self):
        """Return the columns of repeats by age."""
        problem = self.problem
        board = {nominee.code: nominee.board for nominee in problem.nominees}
        by_board = len(set(board.values())) == len(board)
        last = {}
        for past in problem.history:
            if past.year < problem.year:
                by, of = (past.reviewer_board, past.reviewed_board) if by_board else (past.reviewer, past.reviewed)
                for what in ((by, of), *((of, ("outcome", outcome)) for outcome in past.outcomes)):
                    last[what] = max(past.year, last.get(what, 0))
        ages = {age: [] for age in range(1, problem.memory + 1)}
        for one, other in (*self.x, *self.z):
            met = tuple(board.get(each, each) if by_board else each for each in (one, other))
            ages.get(problem.year - last.get(met, 0), []).append((one, other))
        return ages

    def benefit(self):
        weights, terms = self.problem.weights, {}
        nominees = {nominee.code: nominee for nominee in self.problem.nominees}
        for j, o in self.z:
            terms[j, o] = weights.wish * (o[1] in nominees[j].wishes)
        for i, j, o in self.w:
            high, low = nominees[i].levels.get(o[1]), nominees[j].levels.get(o[1])
            terms[i, j, o] = weights.step * max(0, high - low) if high and low else 0
        return terms

    def least(self, goal):
        """Return the least value of a goal, None if there is no solution."""
        entries = [(r, self.number[name], v) for r, row in enumerate(self.rows) for name, v in row[0].items()]
        row, column, value = zip(*entries, strict=True)
        matrix = coo_array((value, (row, column)), shape=(len(self.rows), len(self.number))).tocsr()
        rules = LinearConstraint(matrix, [low for _, low, _ in self.rows], [high for *_, high in self.rows])
        cost = np.zeros(len(self.number))
        for name, amount in goal.items():
            cost[self.number[name]] = amount
        found = milp(cost, constraints=rules, bounds=(0, 1), integrality=1)
        assert found.status in (0, 2)
        return None if found.x is None else round(found.fun)


def best_value(problem):
    """Return (-repeats..., total), or None if there is no allocation."""
    model = Model(problem)
    ages = model.repeats()
    repeated = {name: 1 for age in ages.values() for name in age}
    value = []
    for goal in (repeated, *(dict.fromkeys(age, 1) for age in ages.values())):
        least = model.least(goal)
        if least is None:
            return None
        value.append(-least)
        model.demand(goal, least, least)
    return (*value, -model.least({name: -amount for name, amount in model.benefit().items()}))
