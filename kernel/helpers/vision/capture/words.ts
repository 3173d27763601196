import type { Language } from "../../../display/language.js";

export type { Language };
export type Source = "camera" | "upload";

/** Everything that the widget says. `{}` is filled in by the page. */
export const words = {
  en: {
    title: { camera: "Camera", upload: "Upload of pictures" },
    ask: "The browser will ask whether this page may use the camera. The pictures stay on this machine; only those you take go to your notebook.",
    start: "Start the camera", stop: "Stop the camera", take: "Take a picture", choose: "Choose pictures", drop: "or drop them here",
    label: "Label of the next picture", undo: "Remove the last", none: "No picture yet", one: "1 picture", many: "{} pictures",
    insecure: "The camera needs a secure address (https or localhost).", denied: "The camera was refused. Allow it in the browser's address bar and start again, or upload pictures instead.",
    missing: "No camera was found. Connect one, or upload pictures instead.", busy: "The camera cannot be used: another program may have it.", corrupt: "{} is not a picture that this browser reads.",
    dead: "The kernel has ended: run the cell again.", preview: "What the camera sees", last: "The last picture",
  },
  zh: {
    title: { camera: "摄像头", upload: "上传图片" },
    ask: "浏览器会询问是否允许本页使用摄像头。图片只留在这台电脑上；只有你拍下的图片会进入笔记本。",
    start: "打开摄像头", stop: "关闭摄像头", take: "拍一张", choose: "选择图片", drop: "或拖放到这里",
    label: "下一张图片的标签", undo: "删除最后一张", none: "还没有图片", one: "1 张图片", many: "{} 张图片",
    insecure: "摄像头需要安全地址（https 或 localhost）。", denied: "摄像头被拒绝。请在浏览器地址栏中允许后重试，或改用上传。",
    missing: "没有找到摄像头。请连接摄像头，或改用上传。", busy: "摄像头无法使用：可能被其他程序占用。", corrupt: "{} 不是浏览器能读取的图片。",
    dead: "内核已结束：请重新运行该单元格。", preview: "摄像头画面", last: "最后一张图片",
  },
} as const;

export type Words = (typeof words)[Language];
