// Plays one guide at a time, with its captions, its chapters, and the keys of phones and keyboards.

const STEP_S = 10;

const clock = (seconds) => {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

/** Events: "change" (another guide, playing or still), "close" (detail: the guide that was open). */
export class GuidePlayer extends EventTarget {
  #root;
  #sound;
  #track = null;
  #moving = false;
  guide = null;

  constructor(root) {
    super();
    this.#root = root;
    this.#sound = this.#at("sound");
    this.#listen();
    this.#obeyKeys();
    new ResizeObserver(() => this.#leaveRoom()).observe(root);
  }

  get playing() {
    return Boolean(this.guide) && !this.#sound.paused;
  }

  /** Play a guide, or pause it if it is the one that plays. */
  toggle(guide = this.guide) {
    if (guide.id !== this.guide?.id) this.open(guide);
    if (this.#sound.paused) this.#play();
    else this.#sound.pause();
  }

  /** Make a guide ready to be played. */
  open(guide) {
    if (guide.id === this.guide?.id) return;
    this.guide = guide;
    this.#sound.src = guide.sound;
    this.#sound.playbackRate = Number(this.#at("speed").value);
    this.#at("playing-picture").src = guide.picture;
    this.#at("playing-title").textContent = guide.title;
    this.#at("playing-download").href = guide.download;
    this.#at("position").max = Math.ceil(guide.ms / 1000);
    this.#at("length").textContent = clock(guide.ms / 1000);
    this.#caption("");
    this.#say("");
    this.#captionsFrom(guide.captions);
    this.#list(guide.chapters);
    this.#root.hidden = false;
    this.#tellPhone();
    this.#tick();
    this.#changed();
  }

  close() {
    const { guide } = this;
    this.#sound.pause();
    this.#sound.removeAttribute("src");
    this.#sound.load();
    this.#track?.remove();
    this.guide = null;
    this.#root.hidden = true;
    if ("mediaSession" in navigator) navigator.mediaSession.metadata = null;
    this.#changed();
    this.dispatchEvent(new CustomEvent("close", { detail: guide }));
  }

  #at(id) {
    return this.#root.querySelector(`#${id}`);
  }

  #listen() {
    const on = (id, event, act) => this.#at(id).addEventListener(event, act);
    on("play", "click", () => this.toggle());
    on("back", "click", () => this.#seek(this.#sound.currentTime - STEP_S));
    on("forward", "click", () => this.#seek(this.#sound.currentTime + STEP_S));
    on("close", "click", () => this.close());
    on("speed", "change", () => {
      this.#sound.playbackRate = Number(this.#at("speed").value);
    });
    on("position", "input", () => {
      this.#moving = true;
      this.#showTime(Number(this.#at("position").value));
    });
    on("position", "change", () => {
      this.#moving = false;
      this.#seek(Number(this.#at("position").value));
    });
    on("open-chapters", "click", () => this.#openChapters(this.#at("chapters").hidden));
    this.#root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#at("chapters").hidden) return;
      this.#openChapters(false);
      this.#at("open-chapters").focus();
    });
    this.#follow();
  }

  #follow() {
    const on = (names, act) => names.split(" ").forEach((name) => this.#sound.addEventListener(name, act));
    on("play pause ended", () => this.#changed());
    on("timeupdate seeked loadedmetadata ratechange", () => this.#tick());
    on("seeked", () => this.#captionHere());
    on("waiting", () => this.#say("preparing"));
    on("playing canplay pause", () => this.#sound.error || this.#say(""));
    on("error", () => this.guide && this.#say("failed"));
  }

  async #play() {
    // After a fault the sound must be asked for again, and goes on where it was.
    if (this.#sound.error) {
      const at = Number(this.#at("position").value);
      this.#sound.load();
      this.#sound.currentTime = at;
      this.#captionsFrom(this.guide.captions);
    }
    if (this.#sound.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) this.#say("preparing");
    try {
      await this.#sound.play();
    } catch (fault) {
      if (fault.name !== "AbortError") this.#say("failed");
    }
  }

  #seek(seconds) {
    const most = this.#sound.duration || this.guide.ms / 1000;
    this.#sound.currentTime = Math.min(Math.max(seconds, 0), most);
    this.#tick();
  }

  #tick() {
    if (this.#moving || !this.guide) return;
    const now = this.#sound.currentTime;
    if (Number.isFinite(this.#sound.duration)) {
      this.#at("position").max = Math.ceil(this.#sound.duration);
      this.#at("length").textContent = clock(this.#sound.duration);
    }
    this.#at("position").value = now;
    this.#showTime(now);
    this.#showChapter(now * 1000);
    this.#tellPhoneWhere(now);
  }

  #showTime(seconds) {
    const position = this.#at("position");
    this.#at("time").textContent = clock(seconds);
    position.ariaValueText = `${clock(seconds)} ${position.dataset.of} ${this.#at("length").textContent}`;
  }

  #say(id) {
    for (const one of ["preparing", "failed"]) this.#at(one).hidden = one !== id;
    this.#at("playing-chapter").hidden = Boolean(id);
  }

  #changed() {
    this.#root.toggleAttribute("data-playing", this.playing);
    if ("mediaSession" in navigator) navigator.mediaSession.playbackState = this.playing ? "playing" : "paused";
    this.dispatchEvent(new Event("change"));
  }

  /** Let the page scroll out from under the player, also what stands last and what has the focus. */
  #leaveRoom() {
    const covered = this.#root.offsetHeight;
    document.body.style.paddingBottom = `${covered}px`;
    document.documentElement.style.scrollPaddingBottom = `${covered + 16}px`;
  }

  // Captions

  #captionsFrom(address) {
    this.#track?.remove();
    this.#track = document.createElement("track");
    this.#track.kind = "captions";
    this.#track.srclang = document.documentElement.lang;
    this.#track.src = address;
    this.#sound.append(this.#track);
    this.#track.track.mode = "hidden";
    this.#track.track.addEventListener("cuechange", () => this.#captionHere());
    this.#track.addEventListener("load", () => this.#captionHere());
  }

  /** Show what is being said, or paler what was said last. */
  #captionHere() {
    const now = this.#sound.currentTime;
    const begun = [...(this.#track?.track.cues ?? [])].filter((cue) => cue.startTime <= now);
    const last = begun.at(-1);
    this.#caption(last?.getCueAsHTML().textContent ?? "", Boolean(last) && last.endTime < now);
  }

  #caption(text, past = false) {
    const caption = this.#at("caption");
    if (caption.textContent !== text) caption.textContent = text;
    caption.toggleAttribute("data-past", past);
  }

  // Chapters

  #list(chapters) {
    const rows = chapters.map(({ at_ms: at, title }) => {
      const row = document.createElement("li");
      const button = document.createElement("button");
      const time = document.createElement("span");
      button.type = "button";
      time.className = "time";
      time.textContent = clock(at / 1000);
      button.append(time, title);
      button.addEventListener("click", () => this.#jump(at));
      row.append(button);
      return row;
    });
    this.#at("chapters").replaceChildren(...rows);
    this.#openChapters(false);
  }

  #jump(ms) {
    this.#seek(ms / 1000);
    if (this.#sound.paused) this.#play();
  }

  #openChapters(open) {
    this.#at("chapters").hidden = !open;
    this.#at("open-chapters").ariaExpanded = String(open);
  }

  #chapterAt(ms) {
    return this.guide.chapters.findLastIndex((chapter) => chapter.at_ms <= ms);
  }

  #showChapter(ms) {
    const here = this.#chapterAt(ms);
    this.#at("playing-chapter").textContent = this.guide.chapters[here]?.title ?? "";
    this.#at("chapters").querySelectorAll("button").forEach((button, index) => {
      if (index === here) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
  }

  /** Go some chapters on; back means the start of this one, unless it has only begun. */
  #skip(by) {
    const now = this.#sound.currentTime * 1000;
    const here = this.#chapterAt(now);
    const begun = by < 0 && now - this.guide.chapters[here].at_ms > 3000;
    const chapter = this.guide.chapters[begun ? here : here + by];
    if (chapter) this.#seek(chapter.at_ms / 1000);
  }

  // Lock screens, headsets and media keys

  #obeyKeys() {
    if (!("mediaSession" in navigator)) return;
    const acts = {
      play: () => this.#play(),
      pause: () => this.#sound.pause(),
      stop: () => this.#sound.pause(),
      seekbackward: ({ seekOffset }) => this.#seek(this.#sound.currentTime - (seekOffset || STEP_S)),
      seekforward: ({ seekOffset }) => this.#seek(this.#sound.currentTime + (seekOffset || STEP_S)),
      seekto: ({ seekTime }) => this.#seek(seekTime),
      previoustrack: () => this.#skip(-1),
      nexttrack: () => this.#skip(1),
    };
    for (const [name, act] of Object.entries(acts)) {
      try {
        navigator.mediaSession.setActionHandler(name, (details) => this.guide && act(details));
      } catch {
        // A browser that does not know this key does without it.
      }
    }
  }

  #tellPhone() {
    if (!("mediaSession" in navigator)) return;
    const { title, album, picture } = this.guide;
    const artwork = [{ src: new URL("/audio/cover.png", location.href).href, sizes: "1400x1400", type: "image/png" }];
    if (picture.endsWith(".svg")) artwork.push({ src: new URL(picture, location.href).href, sizes: "any", type: "image/svg+xml" });
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist: album, album, artwork });
  }

  #tellPhoneWhere(position) {
    const { duration, playbackRate } = this.#sound;
    if (!("mediaSession" in navigator) || !Number.isFinite(duration) || position > duration) return;
    navigator.mediaSession.setPositionState({ duration, playbackRate, position });
  }
}
