// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * {@code /log/…}: the log's files as they are, for anyone. All but the checkpoint never change, so
 * any cache may keep them.
 */
final class LogRoute implements Route {
  static final String PREFIX = "/log/";
  private static final String CHECKPOINT = "checkpoint";
  private static final String PATH =
      "tile/[a-z0-9/.]{1,80}|content/sha256/[0-9a-f]{2}/[0-9a-f]{64}";

  private final Path folder;

  LogRoute(Path folder) {
    this.folder = folder;
  }

  @Override
  public Answer answer(Call call) throws IOException {
    String path = contentPath(call.path().substring(PREFIX.length()));
    boolean known = path.equals(CHECKPOINT) || (path.matches(PATH) && !path.contains(".."));
    Path file = folder.resolve(known ? path : CHECKPOINT);
    if (!known
        || !call.method().equals("GET")
        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Answer.problem(404, "log.path", "The log has no such file.");
    }
    boolean text = path.equals(CHECKPOINT);
    return Answer.of(
            200,
            text ? "text/plain; charset=utf-8" : "application/octet-stream",
            Files.readAllBytes(file))
        .with("Cache-Control", text ? "no-store" : "public, max-age=31536000, immutable");
  }

  /** Content may be asked for by its digest alone; on disk it is spread over folders. */
  private static String contentPath(String path) {
    if (path.matches("content/sha256/[0-9a-f]{64}")) {
      String hex = path.substring(path.lastIndexOf('/') + 1);
      return "content/sha256/" + hex.substring(0, 2) + "/" + hex;
    }
    return path;
  }
}
