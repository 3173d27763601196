export { combine, late, repair, ring, share, stepTime } from "./checks/training.js";
export { machines, waits } from "./checks/serving.js";
