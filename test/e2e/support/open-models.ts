import type { LabPage } from "./lab-page.js";
import type { RunningLab } from "./start.js";

/** How many widget models the only running kernel holds, as it says itself (`comm_info_request`). */
export async function openModels({ page }: LabPage, { origin, token }: RunningLab): Promise<number> {
  const kernels = (await (await fetch(`${origin}/api/kernels?token=${token}`)).json()) as { id: string }[];
  return page.evaluate(async (address) => {
    const socket = new WebSocket(address);
    await new Promise((resolve) => (socket.onopen = resolve));
    const id = crypto.randomUUID();
    const header = { msg_id: id, msg_type: "comm_info_request", username: "", session: id, date: new Date().toISOString(), version: "5.3" };
    socket.send(JSON.stringify({ channel: "shell", header, parent_header: {}, metadata: {}, content: { target_name: "jupyter.widget" }, buffers: [] }));
    return new Promise<number>((resolve) => {
      socket.onmessage = ({ data }) => {
        const message = typeof data === "string" ? (JSON.parse(data) as { header: { msg_type: string }; parent_header: { msg_id?: string }; content: { comms: object } }) : undefined;
        if (message?.header.msg_type !== "comm_info_reply" || message.parent_header.msg_id !== id) return;
        socket.close();
        resolve(Object.keys(message.content.comms).length);
      };
    });
  }, `${origin.replace("http", "ws")}/api/kernels/${kernels[0]!.id}/channels?token=${token}`);
}
