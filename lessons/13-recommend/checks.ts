export * from "./checks/learning.js";
export * from "./checks/testing.js";
