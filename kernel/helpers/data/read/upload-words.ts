import type { Language } from "../../../display/language.js";

/** Everything that the field says. `{}` is filled in by the page. */
export const words = {
  en: {
    title: "Upload of files", choose: { one: "Choose a file", many: "Choose files" }, drop: "or drop it here", none: "No file yet", end: "Cancel",
    empty: "is empty", large: "is larger than the limit of {}", cancelled: "cancelled", refused: "was refused", done: "is in the notebook", dead: "The kernel has ended: run the cell again.",
  },
  zh: {
    title: "上传文件", choose: { one: "选择文件", many: "选择文件" }, drop: "或拖放到这里", none: "还没有文件", end: "取消",
    empty: "是空文件", large: "超过上限 {}", cancelled: "已取消", refused: "被拒绝", done: "已进入笔记本", dead: "内核已结束：请重新运行该单元格。",
  },
} as const satisfies Record<Language, unknown>;

export type Words = (typeof words)[Language];
