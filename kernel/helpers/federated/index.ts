/** `federated` in a notebook: clients that train without giving their data away. */
export {};
