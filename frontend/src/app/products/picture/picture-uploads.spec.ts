import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Member } from '../../realtime/member';
import { fakeSocket, type FakeSocket } from '../../testing/fake-socket';
import { flushPromises } from '../../testing/flush-promises';
import { REDUCE_PICTURE, PictureUploads } from './picture-uploads';

const bytes = new Blob(['small'], { type: 'image/webp' });
const file = new Blob(['photo']);

describe('the pictures of a member', () => {
  let socket: FakeSocket;
  let uploads: PictureUploads;
  let http: HttpTestingController;
  beforeEach(async () => {
    socket = fakeSocket();
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: REDUCE_PICTURE, useValue: () => Promise.resolve({ bytes, preview: 'data:,small' }) },
      ],
    });
    uploads = TestBed.inject(PictureUploads);
    http = TestBed.inject(HttpTestingController);
    TestBed.inject(Member).become('ana@acme.com');
    await socket.join();
  });

  const settled = async (): Promise<void> => {
    await flushPromises();
    TestBed.tick();
    await flushPromises();
  };
  const leaving = (): boolean => !dispatchEvent(new Event('beforeunload', { cancelable: true }));

  it('are posted with their type', async () => {
    uploads.of('new').take(file);
    await settled();
    const { request } = http.expectOne('/api/pictures');
    expect([request.method, request.body, request.headers.get('Content-Type')]).toEqual(['POST', bytes, 'image/webp']);
  });

  it('wait without connection, keep the page from being closed, and are sent when it is back', async () => {
    socket.disconnect();
    uploads.of(7).take(file);
    await settled();
    expect(uploads.of(7).state()).toMatchObject({ kind: 'waiting', for: 'offline' });
    expect(leaving()).toBe(true);
    socket.connect();
    await settled();
    http.expectOne('/api/pictures').flush({ link: '/pictures/a.webp' });
    await settled();
    expect(uploads.of(7).state()).toMatchObject({ kind: 'stored', link: '/pictures/a.webp' });
    expect(leaving()).toBe(false);
  });

  it('wait for a visitor to identify, and are not left to another member', async () => {
    TestBed.inject(Member).become(null);
    TestBed.tick();
    uploads.of('new').take(file);
    await settled();
    expect(uploads.of('new').state()).toMatchObject({ kind: 'waiting', for: 'visitor' });
    TestBed.inject(Member).become('beto@acme.com');
    await settled();
    http.expectOne('/api/pictures').flush({}, { status: 507, statusText: 'Full' });
    await settled();
    expect(uploads.of('new').state().kind).toBe('refused');
    TestBed.inject(Member).become('ana@acme.com');
    await settled();
    expect(uploads.of('new').state()).toEqual({ kind: 'none' });
  });
});
