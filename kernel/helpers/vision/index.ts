/** `vision` in a notebook: mobileNet blocks, grouped convolution, augmentation, transfer learning, camera and upload. */
export {};
