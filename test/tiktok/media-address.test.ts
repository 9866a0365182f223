import { describe, expect, it } from "vitest";
import {
  addressExpiry,
  isMediaAddress,
  kindOfLinks,
  objectId,
  splitLink,
} from "../../src/tiktok/media-address.ts";
import { handleOfAddress, idOfAddress } from "../../src/tiktok/page-address.ts";
import { photoLink, videoLink } from "../support/archive.ts";

const hex = "0123456789abcdef0123456789abcdef";
const login =
  "https://www.tiktok.com/login/?redirect_url=http%3A%2F%2Fwebapp-i18n.tiktok.com%2Fabc%2F67690f3e%2Ftos-x";
const share = "https://www.tiktokv.com/share/video/7000000000000000001/";

describe("addressExpiry", () => {
  it("reads the end of video, photo and web addresses", () => {
    expect(addressExpiry(videoLink({ id: "oEabc1234", expires: 1737411995 }))).toBe(
      "2025-01-20T22:26:35Z",
    );
    expect(addressExpiry(photoLink({ id: hex, expires: 1764593352 }))).toBe("2025-12-01T12:49:12Z");
    expect(addressExpiry("https://v16.tiktok.com/video/x/?expire=1758504131")).toBe(
      "2025-09-22T01:22:11Z",
    );
  });

  it("says nothing where the address says nothing", () => {
    expect(addressExpiry(videoLink({ id: "oEabc1234", expires: 0 }))).toBeNull();
    expect(addressExpiry("https://a.example/b?x-expires=soon")).toBeNull();
    expect(addressExpiry("not an address")).toBeNull();
  });
});

describe("objectId", () => {
  it("is the same for every signature of the same file", () => {
    const first = videoLink({ id: "oEIcQ7dBnIkE3xUg", expires: 1737411995 });
    const second = videoLink({ id: "oEIcQ7dBnIkE3xUg", expires: 1764593352 });
    expect(objectId(first)).toBe("oEIcQ7dBnIkE3xUg");
    expect(objectId(second)).toBe("oEIcQ7dBnIkE3xUg");
    expect(objectId(photoLink({ id: hex }))).toBe(hex);
    expect(objectId(`https://p16.example/tos-x/${hex}~c5_1080x1080.webp?x-expires=1`)).toBe(hex);
  });

  it("reads web addresses that end with a slash or the name of a track", () => {
    expect(objectId("https://v16.example/video/tos/a/tos-x/oAbC12345/?a=1")).toBe("oAbC12345");
    expect(objectId("https://v16.example/video/tos/a/oAbC12345/media-video-hvc1/?a=1")).toBe(
      "oAbC12345",
    );
  });

  it("takes no word that all posts share", () => {
    expect(objectId("https://www.tiktok.com/aweme/v1/play/?video_id=v1")).toBeNull();
    expect([login, share, "", `${photoLink({ id: hex })}\n${share}`].map(objectId)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe("links of a post", () => {
  it("splits one link of several lines, in order", () => {
    const urls = ["https://a.example/1", "https://a.example/2", "https://a.example/3"];
    expect(splitLink(urls.join("\n"))).toEqual(urls);
    expect(splitLink(urls.join("\r\n"))).toEqual(urls);
    expect(splitLink(" - ")).toEqual([]);
    expect(splitLink("N/A")).toEqual([]);
  });

  it("tells photos from videos", () => {
    const photo = photoLink({ id: hex });
    expect(kindOfLinks([photo, photo])).toBe("photos");
    expect(kindOfLinks([photo])).toBe("photos");
    expect(kindOfLinks(["https://a.example/x?mime_type=image_jpeg"])).toBe("photos");
    expect(kindOfLinks([videoLink({ id: "oEabc1234" })])).toBe("video");
    expect(kindOfLinks([])).toBe("video");
  });

  it("never takes a page for a file", () => {
    expect([login, share, "https://www.tiktok.com/@maya/video/1"].map(isMediaAddress)).toEqual([
      false,
      false,
      false,
    ]);
    expect(isMediaAddress(videoLink({ id: "oEabc1234" }))).toBe(true);
  });

  it("keeps an id of 19 digits as text", () => {
    expect(idOfAddress(share)).toBe("7000000000000000001");
    expect(idOfAddress("https://www.tiktok.com/@maya/photo/7513039993741397256?lang=en")).toBe(
      "7513039993741397256",
    );
    expect(handleOfAddress("https://www.tiktok.com/@salty.bun/video/1")).toBe("salty.bun");
    expect(handleOfAddress("https://tiktok.com/@_/video/1")).toBeNull();
  });
});
