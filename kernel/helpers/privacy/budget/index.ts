export { budget, type Budget, type Cost, type Expense } from "./budget.js";
