/** What the world may know: imported by server and page, imports nothing. The requirements are rows B13–B17 of the mission. */
export * from './ack.js';
export * from './command.js';
export * from './commands.js';
export * from './events.js';
export * from './limits.js';
export * from './member-mentions.js';
export * from './message.js';
export * from './picture.js';
export * from './product-code.js';
export * from './product-mentions.js';
export * from './product.js';
export * from './read-model.js';
export * from './record-kinds.js';
export * from './records.js';
export * from './session.js';
export * from './stock-lines.js';
