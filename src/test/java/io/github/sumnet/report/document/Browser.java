package io.github.sumnet.report.document;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A headless Chromium that opens one page after the other, told what to do by its DevTools
 * protocol. It listens on this machine only; closing ends it and everything that it started.
 */
public final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How a page is to be looked at. */
  public enum Look {
    LIGHT("screen", "light"),
    DARK("screen", "dark"),
    PRINT("print", "light");

    private final String medium;
    private final String colors;

    Look(String medium, String colors) {
      this.medium = medium;
      this.colors = colors;
    }
  }

  private final Process process;
  private final Path profile;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
  private final List<JsonObject> events = new CopyOnWriteArrayList<>();
  private WebSocket socket;
  private String session;

  private Browser(Process process, Path profile) {
    this.process = process;
    this.profile = profile;
  }

  /** A browser; without one on this machine the test is skipped, and says so. */
  public static Browser start() throws Exception {
    Optional<Path> program = find();
    assumeTrue(
        program.isPresent(),
        "no Chromium on this machine (Debian: apt-get install chromium): pages were not opened");
    Path profile = Files.createTempDirectory("sumnet-chromium");
    Process process =
        new ProcessBuilder(
                program.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--remote-debugging-address=127.0.0.1",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    Browser browser = new Browser(process, profile);
    try {
      browser.connect();
      return browser;
    } catch (Exception failure) {
      browser.close();
      throw failure;
    }
  }

  private static Optional<Path> find() {
    String path = System.getenv().getOrDefault("PATH", "");
    return NAMES.stream()
        .flatMap(name -> Stream.of(path.split(File.pathSeparator, -1)).map(f -> Path.of(f, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private void connect() throws Exception {
    // Chromium writes there which port it got, and the path of its socket.
    Path port = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(port) || Files.readAllLines(port).size() < 2) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException(
            "Chromium did not start: " + Files.readString(profile.resolve("chromium.log")));
      }
      Thread.sleep(20);
    }
    List<String> lines = Files.readAllLines(port);
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .connectTimeout(PATIENCE)
            .buildAsync(URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)), new Ear())
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Opens a page in a window of this width; what it says, asks for and is belongs to it alone. */
  public Page open(URI page, int width, Look look) throws Exception {
    session = null;
    events.clear();
    String target =
        ask("Target.createTarget", Map.of("url", "about:blank")).get("targetId").getAsString();
    session =
        ask("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .getAsString();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      ask(domain + ".enable", Map.of());
    }
    ask(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
    ask(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            look.medium,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", look.colors))));
    ask("Page.navigate", Map.of("url", page.toString()));
    await("Page.loadEventFired");
    return new Page(page, width);
  }

  /** A page that is loaded. */
  public final class Page {
    private final URI uri;
    private final int width;

    private Page(URI uri, int width) {
      this.uri = uri;
      this.width = width;
    }

    /** What the page, or the browser about it, wrote to the console. */
    public List<String> console() {
      return Stream.concat(
              of("Log.entryAdded").map(log -> log.getAsJsonObject("entry").toString()),
              Stream.concat(of("Runtime.consoleAPICalled"), of("Runtime.exceptionThrown"))
                  .map(JsonObject::toString))
          .toList();
    }

    /** Whatever it asked for beside itself. */
    public List<String> requests() {
      return of("Network.requestWillBeSent")
          .map(request -> request.getAsJsonObject("request").get("url").getAsString())
          .filter(url -> !url.equals(uri.toString()))
          .toList();
    }

    /** The value of a JavaScript expression. */
    public JsonElement evaluate(String expression) throws Exception {
      JsonObject answer =
          ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
      if (answer.has("exceptionDetails")) {
        throw new IllegalArgumentException(answer.get("exceptionDetails").toString());
      }
      return answer.getAsJsonObject("result").get("value");
    }

    /**
     * By how many pixels the page is wider than its window. (window.innerWidth would not tell: a
     * phone's grows with the page.)
     */
    public int overflow() throws Exception {
      return evaluate("document.documentElement.scrollWidth").getAsInt() - width;
    }

    /** A picture of the whole page, as PNG. */
    public byte[] screenshot() throws Exception {
      JsonObject answer =
          ask("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
      return Base64.getDecoder().decode(answer.get("data").getAsString());
    }

    private Stream<JsonObject> of(String method) {
      return events.stream()
          .filter(event -> isOf(event, method))
          .map(event -> event.getAsJsonObject("params"));
    }
  }

  private boolean isOf(JsonObject event, String method) {
    return event.get("method").getAsString().equals(method)
        && event.has("sessionId")
        && event.get("sessionId").getAsString().equals(session);
  }

  private void await(String method) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (events.stream().noneMatch(event -> isOf(event, method))) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("no " + method + " within " + PATIENCE);
      }
      Thread.sleep(5);
    }
  }

  private JsonObject ask(String method, Map<String, ?> parameters)
      throws IOException, InterruptedException, TimeoutException {
    int id = lastId.incrementAndGet();
    JsonObject message = new JsonObject();
    message.addProperty("id", id);
    message.addProperty("method", method);
    message.add("params", new com.google.gson.Gson().toJsonTree(parameters));
    if (session != null) {
      message.addProperty("sessionId", session);
    }
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    answers.put(id, answer);
    try {
      socket.sendText(message.toString(), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw new IOException(method + ": " + failure.getCause().getMessage(), failure);
    }
  }

  /** Puts messages together and hands answers to those who asked. */
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        hear(JsonParser.parseString(message.toString()).getAsJsonObject());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void hear(JsonObject heard) {
      if (!heard.has("id")) {
        events.add(heard);
        return;
      }
      CompletableFuture<JsonObject> answer = answers.remove(heard.get("id").getAsInt());
      if (heard.has("error")) {
        answer.completeExceptionally(new IOException(heard.get("error").toString()));
      } else {
        answer.complete(heard.getAsJsonObject("result"));
      }
    }
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    deleteProfile();
  }

  /** What it started outlives it by a moment, and may still write. */
  private void deleteProfile() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (Files.exists(profile) && System.nanoTime() < end) {
      try (Stream<Path> all = Files.walk(profile)) {
        all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      } catch (IOException | UncheckedIOException changing) {
        // Once more.
      }
    }
  }
}
