export { accessLog, verifyLog, type AccessLog, type LogCheck, type LogEntry } from "./log.js";
export { accessPolicy, type AccessDecision, type AccessPolicy, type AccessRequest, type Grant } from "./policy.js";
