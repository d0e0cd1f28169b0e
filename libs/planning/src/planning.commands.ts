export { CarryGoalForward } from './plan/carry-goal-forward/carry-goal-forward.js';
export { CarryGoalForwardHandler } from './plan/carry-goal-forward/carry-goal-forward.endpoint.js';
export { OpenPlanCycle } from './plan/open-plan-cycle/open-plan-cycle.js';
export { OpenPlanCycleHandler } from './plan/open-plan-cycle/open-plan-cycle.endpoint.js';
export { StateProblem } from './plan/state-problem/state-problem.js';
export { StateProblemHandler } from './plan/state-problem/state-problem.endpoint.js';
