/** TensorFlow's informational lines on stderr are not for learners. What the user has set stays. Call before TensorFlow is loaded, on the main thread. */
export function quietTensorFlow(environment: NodeJS.ProcessEnv = process.env): void {
  environment["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
}
