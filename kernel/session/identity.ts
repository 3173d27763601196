/** What a notebook says it is: `metadata.lyceum` of the .ipynb that Jupyter names in JPY_SESSION_NAME. */
export interface NotebookIdentity {
  lesson?: string;
  language: "en" | "zh";
}
