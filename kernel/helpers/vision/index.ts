/** `vision` in a notebook: mobileNet blocks, grouped convolution, augmentation, transfer learning, camera and upload. */
export { toTensor } from "./picture.js";
export { groupedConv2d, shuffleChannels, type GroupedOptions } from "./layers/convolution.js";
export { channelShuffleLayer, groupedConv2dLayer, type GroupedConv2dArgs } from "./layers/layer.js";
export { depthwiseSeparable, invertedResidual, squeezeExcite, type InvertedResidualOptions, type SeparableOptions } from "./blocks/blocks.js";
export { cnn, mobileNetV2, type CnnOptions, type MobileNetOptions } from "./blocks/models.js";
export { augment, type AugmentOptions } from "./augment/augment.js";
export { augmentGrid } from "./augment/grid.js";
export { mixup, type Mixed } from "./augment/mixup.js";
export { transfer, type Classified, type FineTuneOptions, type Transfer, type TransferData, type TransferFitOptions, type TransferOptions } from "./transfer/transfer.js";
export { pretrained, type PretrainedOptions } from "./pretrained/pretrained.js";
export type { Backbone } from "./transfer/backbone.js";
export { activationMaps, type ActivationMaps, type ActivationOptions } from "./maps/activation.js";
export { receptiveField, type ReceptiveField } from "./maps/receptive.js";
export { camera, upload, type Capture, type CaptureOptions } from "./capture/capture.js";
export type { RawPicture } from "./capture/pictures.js";
