// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.note.SignedNote;
import org.cofferdam.core.ledger.note.VerifierKey;
import org.cofferdam.core.ledger.tiles.FileSource;
import org.cofferdam.core.ledger.tiles.TilePath;
import org.cofferdam.core.ledger.tiles.TileSource;
import org.cofferdam.core.protocol.tls.PinnedKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which log, and whose: mixed into every command of {@code ledger}. */
final class LogOptions {
  @Parameters(index = "0", paramLabel = "DIR|URL", description = "The log: its folder or address.")
  private String log = "";

  @Option(
      names = "--key",
      paramLabel = "VKEY",
      description = "The log's public key, as name+keyid+base64.")
  private @Nullable String key;

  @Option(
      names = "--server-key",
      paramLabel = "sha256:HEX",
      description = "Accept exactly this TLS key of the server, whatever its certificate says.")
  private @Nullable String serverKey;

  private @Nullable TileSource source;

  /** The log's files. */
  TileSource source() {
    if (source == null) {
      source = open();
    }
    return source;
  }

  /** The log's name, for messages. */
  String name() {
    return log;
  }

  /** The key given, or null. */
  @Nullable VerifierKey key() {
    try {
      return key == null ? null : VerifierKey.parse(key);
    } catch (MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.USAGE, "--key: " + e.getMessage(), "Give the key as the log prints it.", e);
    }
  }

  /**
   * The signed head.
   *
   * @throws MalformedEvidenceException where it is none, or not signed by the key given
   * @throws IOException where the log cannot be read
   */
  Head head() throws IOException {
    SignedNote note =
        SignedNote.parse(
            source()
                .read(TilePath.CHECKPOINT)
                .orElseThrow(() -> new IOException("there is no checkpoint")));
    VerifierKey trusted = key();
    Checkpoint checkpoint =
        trusted == null
            ? Checkpoint.parse(note.text())
            : Checkpoint.open(note, trusted, trusted.name());
    return new Head(note, checkpoint, trusted != null);
  }

  /**
   * What the log says it is.
   *
   * @param verified true if a key was given, and the head is signed with it
   */
  record Head(SignedNote note, Checkpoint checkpoint, boolean verified) {}

  /** In words: the log could not be read. */
  CommandException unreadable(IOException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new CommandException(
        ExitCode.UNDECIDED,
        "the log at " + log + " cannot be read: " + why,
        "Check the folder or the address, and that all of the log is there.",
        e);
  }

  /** In words: the log is not what it should be. */
  CommandException broken(MalformedEvidenceException e) {
    return new CommandException(
        ExitCode.REFUSED,
        "the log at " + log + " is not to be believed: " + e.getMessage(),
        "Ask its operator for the key and for an explanation; keep a copy of what you have.",
        e);
  }

  private TileSource open() {
    if (log.startsWith("https://") || log.startsWith("http://")) {
      return new HttpSource(URI.create(log), client());
    }
    Path folder = path();
    if (!Files.isDirectory(folder)) {
      throw CommandException.usage(
          log + " is no folder and no address", "Give the folder of a log, or its URL.");
    }
    return new FileSource(folder);
  }

  private Path path() {
    try {
      return Path.of(log);
    } catch (InvalidPathException e) {
      throw new CommandException(
          ExitCode.USAGE, log + " is no path", "Give the folder of a log, or its URL.", e);
    }
  }

  private HttpClient client() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    if (serverKey != null) {
      if (!serverKey.matches("sha256:[0-9a-f]{64}")) {
        throw CommandException.usage(
            "--server-key is not sha256: and 64 digits", "Give it as the server prints it.");
      }
      builder.sslContext(PinnedKey.context(serverKey, new SecureRandom()));
    }
    return builder.build();
  }
}
