/** Preloaded into a measured server: its index is never fed, and never opened. */
import { Journal } from '../dist/journal/index.js';

const { addFollower } = Journal.prototype;
Journal.prototype.addFollower = function addOthers(follower) {
  if (follower.name !== 'index.sqlite') addFollower.call(this, follower);
};
