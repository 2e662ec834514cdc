// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.images.layout.OciLayout;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Conversion;
import org.cofferdam.workload.pattern.ConversionSettings;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.Pattern;

/**
 * The steps of the road that every pattern takes.
 *
 * @param request what the user asked for
 * @param timeline shown as the steps end
 */
record Road(UpRequest request, Timeline timeline) {

  /** Says what the pattern thinks of the workload. */
  void scan(Pattern<?> pattern, Sources sources, Workload workload) {
    Fit fit = pattern.assess(workload, sources.bundle());
    timeline.step("scan", workload.id() + " " + fit.verdict() + " pattern " + pattern.name());
    fit.findings().forEach(f -> timeline.note(line(f)));
  }

  /** Converts, or ends with what stands in the way. */
  Conversion convert(
      Pattern<?> pattern,
      Sources sources,
      Workload workload,
      OciLayout images,
      LocalServer server) {
    ConversionSettings settings =
        new ConversionSettings(images, Optional.of(OciDigest.parse(server.tlsKey())), true);
    Conversion conversion = pattern.convert(workload, sources.bundle(), settings);
    if (!conversion.done()) {
      throw new CommandException(
          ExitCode.REFUSED,
          "the workload cannot be converted:"
              + conversion.findings().stream()
                  .map(Road::line)
                  .collect(Collectors.joining("\n  ", "\n  ", "")),
          "Do what the findings say; cofferdam explain FINDING tells more.");
    }
    return conversion;
  }

  void converted(Conversion conversion) {
    timeline.step(
        "convert",
        conversion.changes().size()
            + " changes, "
            + conversion.secrets().size()
            + " secret values moved to the broker, "
            + conversion.open().size()
            + " powers left open");
  }

  /**
   * Tells the broker what to compare with and which secrets then to give; their names.
   *
   * @param generated secrets that no manifest holds
   */
  List<String> register(
      LocalServer server,
      Conversion conversion,
      ReferenceSet references,
      Map<String, SecretBytes> generated) {
    conversion.secrets().forEach(server.client()::putSecret);
    generated.forEach(server.client()::putSecret);
    List<String> secrets = new ArrayList<>(conversion.secrets().keySet());
    secrets.addAll(generated.keySet());
    server.client().putWorkload(references, conversion.initdataBytes().orElseThrow(), secrets);
    timeline.step("register", secrets.size() + " secrets at the broker");
    return secrets;
  }

  /** What happens between prediction and launch: nothing, or what the user asked for. */
  void interfere(LaunchFolder folder) throws IOException {
    if (request.tamper() != null) {
      request.tamper().apply(folder.folder());
      timeline.step("TAMPER", "a hostile host acts: " + request.tamper().what());
    }
    if (request.pause()) {
      System.err.println("Paused before launch. Change what you like in " + folder.folder());
      System.err.println("Press Enter to go on.");
      while (true) {
        int c = System.in.read();
        if (c < 0 || c == '\n') {
          break;
        }
      }
      timeline.step("paused", "");
    }
  }

  /**
   * Earlier evidence of this workload, where it was asked to be sent again.
   *
   * @param tee KBS name of the kind
   */
  Optional<ReplayingHost> replay(LocalServer server, String workload, String tee)
      throws IOException {
    if (request.tamper() != Tamper.replay) {
      return Optional.empty();
    }
    Optional<ReplayingHost> host = ReplayingHost.of(server.client().log(), workload, tee);
    if (host.isEmpty()) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          "there is no earlier evidence of " + workload + " to replay",
          "Run cofferdam up without --tamper first.");
    }
    return host;
  }

  /** The result of what went on beside. */
  static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static String line(Finding finding) {
    return finding.severity() + " " + finding.id() + ": " + finding.message();
  }
}
