import { readFileSync } from "node:fs";

/** Jupyter's connection file: where to listen, and the key that signs. */
export interface Connection {
  transport: "tcp" | "ipc";
  ip: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  /** Empty: messages are not signed. */
  key: string;
  signature_scheme: string;
}

export type Endpoint = "shell" | "iopub" | "stdin" | "control" | "hb";

const endpoints: Endpoint[] = ["shell", "iopub", "stdin", "control", "hb"];

export function readConnection(file: string): Connection {
  const found = JSON.parse(readFileSync(file, "utf8")) as Partial<Connection>;
  const connection = { transport: "tcp", ip: "127.0.0.1", key: "", signature_scheme: "hmac-sha256", ...found } as Connection;
  if (connection.transport !== "tcp" && connection.transport !== "ipc") throw new Error(`expected transport tcp or ipc, got ${String(connection.transport)}`);
  for (const endpoint of endpoints) {
    const port = connection[`${endpoint}_port`];
    if (!Number.isInteger(port) || port < 1) throw new Error(`expected ${endpoint}_port to be a port number, got ${String(port)}`);
  }
  if (connection.key !== "" && !/^hmac-[a-z0-9]+$/.test(connection.signature_scheme)) throw new Error(`expected signature_scheme hmac-HASH, got ${connection.signature_scheme}`);
  return connection;
}

/** `ipc` names one file per endpoint: IP-PORT. */
export function addressOf(connection: Connection, endpoint: Endpoint): string {
  const port = connection[`${endpoint}_port`];
  if (connection.transport === "ipc") return `ipc://${connection.ip}-${port}`;
  return `tcp://${isIPv6(connection) ? `[${connection.ip}]` : connection.ip}:${port}`;
}

export function isIPv6(connection: Connection): boolean {
  return connection.transport === "tcp" && connection.ip.includes(":");
}
