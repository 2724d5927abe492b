import { beforeEach, describe, expect, it } from '@jest/globals';
import { PictureUpload, type UploadPorts } from './picture-upload';

type Posted = Awaited<ReturnType<UploadPorts['post']>>;

const LINK = `/pictures/${'0'.repeat(64)}.webp`;
const FULL = { code: 'STORAGE_FULL', message: 'Full.', retry: true } as const;
const file = new Blob(['photo']);
const reduced = { bytes: new Blob(['small'], { type: 'image/webp' }), preview: 'data:,small' };

describe('a picture on its way', () => {
  let reduce: UploadPorts['reduce'];
  let answers: (Posted | Promise<Posted>)[];
  let posted: Blob[];
  let upload: PictureUpload;
  beforeEach(() => {
    reduce = () => Promise.resolve(reduced);
    answers = [];
    posted = [];
    upload = new PictureUpload({
      reduce: (chosen) => reduce(chosen),
      post: async (bytes) => {
        posted.push(bytes);
        return answers.shift() ?? { link: LINK };
      },
    });
  });

  it('is reduced and sent, and its link is handed over once', async () => {
    upload.take(file);
    expect(upload.state()).toEqual({ kind: 'reducing' });
    expect(await upload.settled()).toBe(true);
    expect(posted).toEqual([reduced.bytes]);
    expect([upload.takeLink(), upload.takeLink()]).toEqual([LINK, undefined]);
  });

  it('says why something cannot be a picture, and does not send it', async () => {
    reduce = () => Promise.resolve('svg');
    upload.take(file);
    expect(await upload.settled()).toBe(true);
    expect(upload.state()).toEqual({ kind: 'unusable', why: 'svg' });
    expect(posted).toEqual([]);
  });

  it.each([
    ['offline' as const, { kind: 'waiting', preview: 'data:,small', for: 'offline' }],
    [FULL, { kind: 'refused', preview: 'data:,small', refusal: FULL }],
  ])('is kept when the answer is %j, holds a save back, and can be sent again', async (answer, state) => {
    answers = [answer];
    upload.take(file);
    expect(await upload.settled()).toBe(false);
    expect([upload.state(), upload.missed(), upload.takeLink()]).toEqual([state, true, undefined]);
    upload.retry();
    expect(await upload.settled()).toBe(true);
    expect([upload.missed(), upload.takeLink()]).toEqual([false, LINK]);
  });

  it('gives way to the one that is chosen after it, whichever is answered first', async () => {
    let answerFirst = (_answer: Posted): void => undefined;
    const first = new Promise<Posted>((resolve) => {
      answerFirst = resolve;
    });
    answers = [first, { link: '/second' }];
    upload.take(file);
    await Promise.resolve();
    upload.take(file);
    await upload.settled();
    answerFirst({ link: '/first' });
    await first;
    expect(upload.state()).toMatchObject({ kind: 'stored', link: '/second' });
  });

  it('is forgotten when it is taken away', async () => {
    answers = ['offline'];
    upload.take(file);
    await upload.settled();
    upload.clear();
    upload.retry();
    expect(await upload.settled()).toBe(true);
    expect([upload.state(), posted.length]).toEqual([{ kind: 'none' }, 1]);
  });
});
