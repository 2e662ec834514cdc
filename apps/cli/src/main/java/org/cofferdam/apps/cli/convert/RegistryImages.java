// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.convert;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.images.Descriptor;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.images.ImageSource;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.images.layout.OciLayout;
import org.jspecify.annotations.Nullable;

/**
 * Images of registries (OCI distribution-spec 1.1, anonymous), kept in a layout on this machine.
 * Nothing that a registry sends is used before its digest is checked: the layout does that, and the
 * first document is checked here where the reference has a digest.
 */
final class RegistryImages implements ImageSource {
  private static final String ACCEPT =
      "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
          + "application/vnd.docker.distribution.manifest.list.v2+json, "
          + "application/vnd.docker.distribution.manifest.v2+json";
  private static final Pattern CHALLENGE = Pattern.compile("([a-z]+)=\"([^\"]*)\"");
  private static final int MOST_REDIRECTS = 4;
  private static final long MOST_BYTES = 8L << 30;
  private static final int MOST_DOCUMENT = 4 << 20;

  private final Path folder;
  private final Set<String> plain;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(20))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Map<String, String> tokens = new LinkedHashMap<>();
  private final Map<String, Json> index = new LinkedHashMap<>();

  /**
   * @param folder where the layout is kept
   * @param plain hosts that are asked without TLS
   */
  RegistryImages(Path folder, Set<String> plain) {
    this.folder = folder;
    this.plain = Set.copyOf(plain);
  }

  @Override
  public Optional<Image> find(ImageReference reference) {
    try {
      pull(reference);
      return OciLayout.open(folder, OciLayout.Platform.LINUX_AMD64).find(reference);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  private void pull(ImageReference reference) throws IOException, InterruptedException {
    String wanted = reference.digest().map(OciDigest::toString).orElse(reference.tag());
    byte[] document = document(reference, wanted);
    OciDigest digest = OciDigest.of(document);
    if (reference.digest().isPresent() && !reference.digest().get().equals(digest)) {
      throw new IOException("The registry sent another manifest than " + reference + ".");
    }
    Json.Obj manifest = Json.parse(document).asObject("manifest");
    keep(digest, document);
    Json.Builder entry =
        Json.object()
            .put("mediaType", type(manifest))
            .put("digest", digest.toString())
            .put("size", document.length)
            .put(
                "annotations",
                Json.object().put("io.containerd.image.name", reference.toString()).build());
    children(reference, manifest);
    index.put(reference.toString(), entry.build());
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(
        folder.resolve("index.json"),
        Json.object()
            .put("schemaVersion", 2)
            .put("manifests", Json.array(new ArrayList<>(index.values())))
            .build()
            .write());
  }

  private static String type(Json.Obj manifest) {
    return manifest
        .get("mediaType")
        .map(t -> t.asString("mediaType"))
        .orElse(
            manifest.get("manifests").isPresent()
                ? "application/vnd.oci.image.index.v1+json"
                : "application/vnd.oci.image.manifest.v1+json");
  }

  /** Of an index the manifest for the platform; of a manifest its configuration and layers. */
  private void children(ImageReference reference, Json.Obj manifest)
      throws IOException, InterruptedException {
    if (manifest.get("manifests").isPresent()) {
      for (Json item : manifest.array("manifests")) {
        if (fits(item.asObject("manifests"))) {
          Descriptor child = Descriptor.fromJson(item);
          byte[] document = document(reference, child.digest().toString());
          keep(child.digest(), document);
          children(reference, Json.parse(document).asObject("manifest"));
          return;
        }
      }
      return;
    }
    List<Json> blobs = new ArrayList<>(List.of(manifest.require("config")));
    blobs.addAll(manifest.array("layers"));
    for (Json blob : blobs) {
      blob(reference, Descriptor.fromJson(blob));
    }
  }

  private static boolean fits(Json.Obj item) {
    Optional<Json> platform = item.get("platform");
    if (platform.isEmpty()) {
      return true;
    }
    Json.Obj wanted = platform.get().asObject("platform");
    return wanted.string("os").equals(OciLayout.Platform.LINUX_AMD64.os())
        && wanted.string("architecture").equals(OciLayout.Platform.LINUX_AMD64.architecture());
  }

  private void keep(OciDigest digest, byte[] content) throws IOException {
    Path path = path(digest);
    Files.createDirectories(folder.resolve("blobs").resolve("sha256"));
    Files.write(path, content);
  }

  private Path path(OciDigest digest) {
    return folder.resolve("blobs").resolve("sha256").resolve(digest.hex());
  }

  private byte[] document(ImageReference reference, String wanted)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = get(reference, "manifests/" + wanted);
    try (InputStream in = response.body()) {
      byte[] bytes = in.readNBytes(MOST_DOCUMENT + 1);
      if (bytes.length > MOST_DOCUMENT) {
        throw new IOException("The manifest of " + reference + " is larger than 4 MiB.");
      }
      return bytes;
    }
  }

  private void blob(ImageReference reference, Descriptor blob)
      throws IOException, InterruptedException {
    Path path = path(blob.digest());
    if (Files.exists(path) && Files.size(path) == blob.size()) {
      return;
    }
    if (blob.size() > MOST_BYTES) {
      throw new IOException("A layer of " + reference + " is larger than 8 GiB.");
    }
    HttpResponse<InputStream> response = get(reference, "blobs/" + blob.digest());
    Path partial = Files.createTempFile(folder, "blob", ".part");
    try (InputStream in = response.body()) {
      Files.copy(new LimitedStream(in, blob.size()), partial, StandardCopyOption.REPLACE_EXISTING);
      Files.createDirectories(folder.resolve("blobs").resolve("sha256"));
      Files.move(partial, path, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private HttpResponse<InputStream> get(ImageReference reference, String path)
      throws IOException, InterruptedException {
    String host =
        reference.registry().equals("docker.io") ? "registry-1.docker.io" : reference.registry();
    String scheme = plain.contains(reference.registry()) ? "http" : "https";
    URI uri = URI.create(scheme + "://" + host + "/v2/" + reference.repository() + "/" + path);
    HttpResponse<InputStream> response = send(uri, tokens.get(reference.name()));
    if (response.statusCode() == 401) {
      response.body().close();
      String token = token(response, reference);
      tokens.put(reference.name(), token);
      response = send(uri, token);
    }
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException(
          "The registry answers "
              + response.statusCode()
              + " for "
              + reference
              + " ("
              + path
              + ").");
    }
    return response;
  }

  /** A token goes to the registry that asked for it, and to no other host. */
  private HttpResponse<InputStream> send(URI uri, @Nullable String token)
      throws IOException, InterruptedException {
    URI at = uri;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(at).timeout(Duration.ofMinutes(10)).header("Accept", ACCEPT);
      if (token != null && at.getAuthority().equals(uri.getAuthority())) {
        request.header("Authorization", "Bearer " + token);
      }
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      Optional<String> location = response.headers().firstValue("Location");
      if (response.statusCode() / 100 != 3 || location.isEmpty()) {
        return response;
      }
      response.body().close();
      at = at.resolve(location.get());
      if (uri.getScheme().equals("https") && !"https".equals(at.getScheme())) {
        throw new IOException("The registry sends us to a host without TLS: " + at.getHost() + ".");
      }
    }
    throw new IOException("The registry sends us around in circles: " + uri + ".");
  }

  private String token(HttpResponse<InputStream> response, ImageReference reference)
      throws IOException, InterruptedException {
    String challenge = response.headers().firstValue("WWW-Authenticate").orElse("");
    if (!challenge.startsWith("Bearer ")) {
      throw new IOException("The registry of " + reference + " wants a login that we do not know.");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher matcher = CHALLENGE.matcher(challenge);
    while (matcher.find()) {
      fields.put(matcher.group(1), matcher.group(2));
    }
    String query =
        "?service="
            + encoded(fields.getOrDefault("service", ""))
            + "&scope="
            + encoded(
                fields.getOrDefault("scope", "repository:" + reference.repository() + ":pull"));
    HttpResponse<InputStream> answer =
        send(URI.create(fields.getOrDefault("realm", "") + query), null);
    try (InputStream in = answer.body()) {
      Json.Obj body = Json.parse(in.readNBytes(MOST_DOCUMENT)).asObject("token");
      return body.get("token").orElseGet(() -> body.require("access_token")).asString("token");
    } catch (MalformedEvidenceException | IllegalArgumentException e) {
      throw new IOException("The registry of " + reference + " gives no token.", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
