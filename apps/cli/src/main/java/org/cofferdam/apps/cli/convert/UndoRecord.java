// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.convert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.model.Source;

/**
 * What a conversion wrote and from which manifests, so that it can be undone. The manifests
 * themselves are not kept: they may hold secrets that the conversion took out.
 */
final class UndoRecord {
  private static final String NAME = "undo.json";

  private final List<Json> manifests = new ArrayList<>();
  private final List<String> files = new ArrayList<>();

  void manifest(Source source, String written) {
    manifests.add(
        Json.object()
            .put(
                "source",
                source.name().equals("-")
                    ? "-"
                    : Path.of(source.name()).toAbsolutePath().toString())
            .put("digest", OciDigest.of(source.text().getBytes(StandardCharsets.UTF_8)).toString())
            .put("manifest", written)
            .build());
  }

  void file(String written) {
    files.add(written);
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(NAME),
        Json.object()
                .put("version", 1)
                .put("manifests", Json.array(manifests))
                .put("files", Json.strings(files))
                .build()
                .pretty()
            + "\n");
  }

  /** The manifests as they were, and nothing else; all is checked before anything is written. */
  static List<String> undo(Path folder) throws IOException {
    Json.Obj record;
    try {
      record = Json.parse(Files.readAllBytes(folder.resolve(NAME))).asObject(NAME);
    } catch (IOException | MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          folder + " has no record of a conversion.",
          "Give the folder that 'cofferdam convert' wrote.",
          e);
    }
    List<Path> targets = new ArrayList<>();
    List<byte[]> texts = new ArrayList<>();
    for (Json item : record.array("manifests")) {
      Json.Obj manifest = item.asObject("manifests");
      targets.add(inside(folder, manifest.string("manifest")));
      texts.add(original(manifest));
    }
    List<String> done = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      Files.write(targets.get(i), texts.get(i));
      done.add(folder.relativize(targets.get(i)).toString());
    }
    for (Json file : record.array("files")) {
      Files.deleteIfExists(inside(folder, file.asString("files")));
    }
    Files.delete(folder.resolve(NAME));
    return done;
  }

  private static byte[] original(Json.Obj manifest) throws IOException {
    String source = manifest.string("source");
    if (source.equals("-") || !Files.exists(Path.of(source))) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          "The manifest " + source + " is not there any more.",
          "Put it back: what a conversion takes out of manifests is kept nowhere else.");
    }
    byte[] text = Files.readAllBytes(Path.of(source));
    if (!OciDigest.of(text).toString().equals(manifest.string("digest"))) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          "The manifest " + source + " has changed since the conversion.",
          "Convert it again, or put the old one back.");
    }
    return text;
  }

  private static Path inside(Path folder, String name) {
    Path path = folder.resolve(name).normalize();
    if (!path.startsWith(folder.normalize())) {
      throw new CommandException(
          ExitCode.REFUSED,
          "The record names a file outside of " + folder + ".",
          "Do not use this record.");
    }
    return path;
  }
}
