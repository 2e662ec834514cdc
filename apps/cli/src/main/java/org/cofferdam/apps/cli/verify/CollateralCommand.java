// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.attestation.BuiltInAnchors;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Report;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.collateral.AmdService;
import org.cofferdam.services.collateral.CollateralCache;
import org.cofferdam.services.collateral.CollateralFacts;
import org.cofferdam.services.collateral.FetchedEndorsements;
import org.cofferdam.services.collateral.HttpFetcher;
import org.cofferdam.services.collateral.IntelService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofferdam collateral}. */
@Command(
    name = "collateral",
    mixinStandardHelpOptions = true,
    description = "What vouches for evidence: fetched where there is a network, carried elsewhere.",
    subcommands = {
      CollateralCommand.Export.class,
      CollateralCommand.Import.class,
      CollateralCommand.Show.class
    })
public final class CollateralCommand {

  /** {@code cofferdam collateral export}. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = {
        "Fetches what evidence needs from the vendors' services, into a directory.",
        "Needs the network."
      })
  public static final class Export implements Callable<Integer> {
    @Mixin private OutputOption output;

    @Parameters(paramLabel = "EVIDENCE", description = "A file, a directory or archive, or -.")
    private String evidence = "-";

    @Option(names = "-o", required = true, paramLabel = "DIR", description = "Where it goes.")
    private Path directory = Path.of("");

    @Option(
        names = "--pcs",
        defaultValue = "https://api.trustedservices.intel.com",
        description = "Intel's service or a cache of it. Default: ${DEFAULT-VALUE}")
    private URI pcs = URI.create("");

    @Option(
        names = "--root-crl",
        defaultValue = "https://certificates.trustedservices.intel.com/IntelSGXRootCA.der",
        description = "Intel's root revocation list. Default: ${DEFAULT-VALUE}")
    private URI rootCrl = URI.create("");

    @Option(
        names = "--kds",
        defaultValue = "https://kdsintf.amd.com",
        description = "AMD's service. Default: ${DEFAULT-VALUE}")
    private URI kds = URI.create("");

    @Option(
        names = "--cache",
        paramLabel = "DIR",
        defaultValue = ".cofferdam/collateral",
        description = "Where answers are kept. Default: ${DEFAULT-VALUE}")
    private Path cache = Path.of("");

    @Option(
        names = "--grace",
        paramLabel = "HOURS",
        defaultValue = "24",
        description = "How long an old answer serves while a service fails. Default: 24")
    private int grace = 24;

    @Option(names = "--no-network", description = "Forbids this command.")
    private boolean noNetwork;

    @Override
    public Integer call() throws IOException {
      if (noNetwork) {
        throw CommandException.usage(
            "export needs the network, which --no-network forbids.", "Use import and show.");
      }
      Clock clock = Clock.systemUTC();
      try (HttpFetcher fetcher = new HttpFetcher()) {
        CollateralCache kept = new CollateralCache(fetcher, cache, clock, Duration.ofHours(grace));
        FetchedEndorsements endorsements =
            new FetchedEndorsements(
                BuiltInAnchors.load(),
                new IntelService(kept, pcs, rootCrl),
                new AmdService(kept, kds));
        Report report =
            Verifier.create(new JcaSignatureEngine(), endorsements)
                .verify(
                    new Evidence(Inputs.read(evidence, false)),
                    Expectations.at(clock.instant(), Policy.genuine()))
                .report();
        List<Document> given = endorsements.given();
        Files.createDirectories(directory);
        for (Document document : given) {
          Files.write(directory.resolve(document.name()), document.content().toArray());
        }
        List<Json> outages = new ArrayList<>();
        for (CollateralCache.Outage outage : kept.outages()) {
          outages.add(
              Json.object()
                  .put("uri", outage.uri().toString())
                  .put("cause", outage.cause())
                  .put("fetched", outage.fetched().toString())
                  .build());
        }
        print(
            output,
            Json.object()
                .put("kind", report.kind())
                .put("documents", Json.strings(given.stream().map(Document::name).toList()))
                .put("outages", Json.array(outages))
                .build());
        return given.isEmpty() ? ExitCode.UNDECIDED : ExitCode.OK;
      } catch (UncheckedIOException e) {
        throw new CommandException(
            ExitCode.UNDECIDED,
            e.getMessage() + ": " + e.getCause(),
            "Name a folder that can be written with --cache.",
            e);
      }
    }
  }

  /** {@code cofferdam collateral import}. */
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Puts collateral into a directory, from a directory or archive.",
        "What is older than what is there already, by number or date, is refused."
      })
  public static final class Import implements Callable<Integer> {
    @Mixin private OutputOption output;

    @Parameters(paramLabel = "DIR|ARCHIVE", description = "What was exported.")
    private String source = "-";

    @Option(names = "--into", required = true, paramLabel = "DIR", description = "Where it goes.")
    private Path directory = Path.of("");

    @Override
    public Integer call() throws IOException {
      List<CollateralFacts> present = new ArrayList<>();
      Files.createDirectories(directory);
      for (Document document : existing(directory)) {
        present.addAll(CollateralFacts.of(document));
      }
      List<String> taken = new ArrayList<>();
      List<Json> refused = new ArrayList<>();
      for (Document document : Inputs.read(source, false)) {
        List<CollateralFacts> facts = CollateralFacts.of(document);
        String problem = facts.isEmpty() ? "is no collateral" : behind(facts, present);
        String name = String.valueOf(Path.of(document.name()).getFileName());
        if (problem.isEmpty()) {
          problem = displaced(directory.resolve(name), facts);
        }
        if (problem.isEmpty()) {
          Files.write(directory.resolve(name), document.content().toArray());
          taken.add(name);
          present.addAll(facts);
        } else {
          refused.add(Json.object().put("document", name).put("why", problem).build());
        }
      }
      print(
          output,
          Json.object()
              .put("taken", Json.strings(taken))
              .put("refused", Json.array(refused))
              .build());
      return refused.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static String behind(List<CollateralFacts> facts, List<CollateralFacts> present) {
      for (CollateralFacts one : facts) {
        for (CollateralFacts other : present) {
          if (one.isBehind(other)) {
            return one.kind()
                + " of "
                + one.subject()
                + " goes back: "
                + one.issued()
                + " after "
                + other.issued();
          }
        }
      }
      return "";
    }

    /** What a file of this name is about must not go with it: older could come back then. */
    private static String displaced(Path target, List<CollateralFacts> facts) throws IOException {
      if (Files.notExists(target)) {
        return "";
      }
      return CollateralFacts.of(Document.of("there", Files.readAllBytes(target))).stream()
          .filter(f -> !f.kind().equals("certificate"))
          .filter(f -> facts.stream().noneMatch(f::isSameThing))
          .findFirst()
          .map(f -> "would take the place of " + f.kind() + " of " + f.subject())
          .orElse("");
    }

    private static List<Document> existing(Path directory) throws IOException {
      try (var files = Files.list(directory)) {
        return files.findAny().isPresent() ? Inputs.read(directory.toString(), false) : List.of();
      }
    }
  }

  /** {@code cofferdam collateral show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Lists what collateral says of itself: about whom, its number, and until when.")
  public static final class Show implements Callable<Integer> {
    @Mixin private OutputOption output;

    @Parameters(paramLabel = "DIR|ARCHIVE", description = "Collateral.")
    private String source = "-";

    @Option(names = "--at", paramLabel = "TIME", description = "The clock to use; default now.")
    private String at = "";

    @Override
    public Integer call() {
      Instant now;
      try {
        now = at.isEmpty() ? Clock.systemUTC().instant() : Instant.parse(at);
      } catch (java.time.DateTimeException e) {
        throw CommandException.usage("--at is no time.", "Give RFC 3339.");
      }
      List<Json> items = new ArrayList<>();
      for (Document document : Inputs.read(source, false)) {
        for (CollateralFacts facts : CollateralFacts.of(document)) {
          Json.Builder json = Json.object();
          facts.toJson().members().forEach(json::put);
          boolean current = !now.isBefore(facts.issued()) && now.isBefore(facts.until());
          items.add(json.put("current", current).build());
        }
      }
      print(output, Json.object().put("collateral", Json.array(items)).build());
      return items.isEmpty() ? ExitCode.UNDECIDED : ExitCode.OK;
    }
  }

  private static void print(OutputOption output, Json document) {
    if (output.json()) {
      output.print(document);
    } else {
      System.out.println(document.pretty());
    }
  }
}
