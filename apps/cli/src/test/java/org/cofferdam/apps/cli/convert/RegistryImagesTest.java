// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.images.OciDigest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry on this machine that wants a token, as the public ones do. */
class RegistryImagesTest {
  @TempDir private Path folder;
  private final Map<String, byte[]> content = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server = start();
  private String host = "";
  private OciDigest index = OciDigest.of(new byte[0]);
  private OciDigest layer = OciDigest.of(new byte[0]);

  private static HttpServer start() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void registry() {
    host = "localhost:" + server.getAddress().getPort();
    server.createContext("/", this::answer);
    server.start();
    byte[] tar = tar("etc/passwd", "app:x:1000:1000::/:/bin/false\n");
    layer = OciDigest.of(tar);
    byte[] config =
        ("{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Entrypoint\":[\"/app\"],"
                + "\"User\":\"app\"},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                + layer
                + "\"]}}")
            .getBytes(StandardCharsets.UTF_8);
    byte[] manifest =
        ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                + "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
                + OciDigest.of(config)
                + "\",\"size\":"
                + config.length
                + "},\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\""
                + layer
                + "\",\"size\":"
                + tar.length
                + "}]}")
            .getBytes(StandardCharsets.UTF_8);
    byte[] list =
        ("{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":"
                + "\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\""
                + OciDigest.of(manifest)
                + "\",\"size\":"
                + manifest.length
                + ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}}]}")
            .getBytes(StandardCharsets.UTF_8);
    index = OciDigest.of(list);
    content.put("/v2/team/app/manifests/1", list);
    content.put("/v2/team/app/manifests/" + index, list);
    content.put("/v2/team/app/manifests/" + OciDigest.of(manifest), manifest);
    content.put("/v2/team/app/blobs/" + OciDigest.of(config), config);
    content.put("/v2/team/app/blobs/" + layer, tar);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anImageByItsTag() {
    Image image = images().find(ImageReference.parse(host + "/team/app:1")).orElseThrow();
    assertThat(image.configuration().entrypoint()).containsExactly("/app");
    assertThat(image.accounts().resolve("app").uid()).isEqualTo(1000);
    assertThat(asked).contains("/token?service=here&scope=repository%3Ateam%2Fapp%3Apull");
  }

  @Test
  void anImageByItsDigest() {
    assertThat(images().find(ImageReference.parse(host + "/team/app@" + index))).isPresent();
  }

  @Test
  void anotherManifestThanTheDigestSays() {
    OciDigest other = OciDigest.of(new byte[] {1});
    content.put("/v2/team/app/manifests/" + other, "{}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> images().find(ImageReference.parse(host + "/team/app@" + other)))
        .hasMessageContaining("another manifest");
  }

  @Test
  void anotherLayerThanTheManifestSays() {
    byte[] changed = java.util.Objects.requireNonNull(content.get("/v2/team/app/blobs/" + layer));
    changed[600] ^= 1;
    assertThatThrownBy(() -> images().find(ImageReference.parse(host + "/team/app:1")))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void anImageThatIsNotThere() {
    assertThatThrownBy(() -> images().find(ImageReference.parse(host + "/team/app:2")))
        .hasMessageContaining("404");
  }

  private RegistryImages images() {
    return new RegistryImages(folder, Set.of(host));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    asked.add(path);
    byte[] body = content.get(path);
    if (path.startsWith("/token")) {
      body = "{\"token\":\"let-me-in\"}".getBytes(StandardCharsets.UTF_8);
    } else if (!"Bearer let-me-in".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange
          .getResponseHeaders()
          .add(
              "WWW-Authenticate",
              "Bearer realm=\"http://"
                  + host
                  + "/token\",service=\"here\",scope=\"repository:team/app:pull\"");
      exchange.sendResponseHeaders(401, -1);
      exchange.close();
      return;
    }
    if (body == null) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  /** One file in a ustar archive. */
  private static byte[] tar(String name, String text) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(text.length()));
    put(header, 136, "00000000000\0");
    put(header, 148, "        ");
    header[156] = '0';
    put(header, 257, "ustar\0" + "00");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header);
    out.writeBytes(java.util.Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 512));
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
