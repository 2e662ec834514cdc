// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.convert;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.PodPattern;
import org.cofferdam.patterns.pod.kata.KataOptions;
import org.cofferdam.patterns.pod.policy.Coverage;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Document;
import org.cofferdam.workload.model.Problem;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Change;
import org.cofferdam.workload.pattern.Conversion;
import org.cofferdam.workload.pattern.ConversionSettings;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns workloads into what a pattern runs. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = "Turns workloads into what a pattern runs, and says what was changed and why.")
public final class ConvertCommand implements Callable<Integer> {
  @Option(names = "--pattern", required = true, paramLabel = "P", description = "pod")
  private String pattern = "pod";

  @Option(names = "-o", required = true, paramLabel = "DIR", description = "Where to write.")
  private Path target = Path.of("out");

  @Option(
      names = "--broker-key",
      paramLabel = "sha256:HEX",
      description = "SHA-256 of the SubjectPublicKeyInfo of the broker that the guest may trust.")
  private String brokerKey = "";

  @Option(names = "--logs", description = "Let the containers' output leave the guest.")
  private boolean logs;

  @Mixin private KataInputs kata = new KataInputs();

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Manifests: files, folders, or -.")
  private List<String> paths = List.of();

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!pattern.equals("pod")) {
      throw CommandException.usage(
          "There is no conversion for the pattern '" + pattern + "'.", "Use --pattern pod.");
    }
    Bundle bundle = kata.read(paths);
    if (bundle.workloads().isEmpty()) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          bundle.problems().stream()
              .findFirst()
              .map(p -> p.file() + ":" + p.line() + ": " + p.message())
              .orElse("There is no workload in " + String.join(", ", paths) + "."),
          "Give a Deployment, Pod or another object with containers.");
    }
    try {
      return write(bundle, convert(bundle));
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          "The conversion could not be written: " + e.getMessage(),
          "Check the folders.",
          e);
    }
  }

  private List<Conversion> convert(Bundle bundle) throws IOException {
    List<Conversion> conversions = new ArrayList<>();
    PodPattern pod = new PodPattern();
    if (!kata.local()) {
      KataOptions options = kata.options(new SealingKey(target));
      for (Workload workload : bundle.workloads()) {
        conversions.add(pod.convert(workload, bundle, options));
      }
      return conversions;
    }
    LocalImages images = new LocalImages();
    for (Path layout : kata.layouts()) {
      images.add(layout);
    }
    ConversionSettings settings = new ConversionSettings(images, key(), logs);
    for (Workload workload : bundle.workloads()) {
      conversions.add(pod.convert(workload, bundle, settings));
    }
    return conversions;
  }

  private Optional<OciDigest> key() {
    try {
      return brokerKey.isEmpty() ? Optional.empty() : Optional.of(OciDigest.parse(brokerKey));
    } catch (MalformedEvidenceException e) {
      throw CommandException.usage(
          "--broker-key is no sha256:HEX.", "Take the value that 'cofferdam serve' prints.");
    }
  }

  private int write(Bundle bundle, List<Conversion> conversions) throws IOException {
    List<Json> results = new ArrayList<>();
    UndoRecord record = new UndoRecord();
    for (int i = 0; i < conversions.size(); i++) {
      Conversion conversion = conversions.get(i);
      String folder = conversion.namespace() + "-" + conversion.name();
      files(conversion, target.resolve(folder));
      conversion.files().keySet().forEach(f -> record.file(folder + "/" + f));
      Json.Obj result = conversion.toJson(folder + "/").asObject("conversion");
      Map<String, Json> members = new LinkedHashMap<>(result.members());
      members.put("delegated", delegated(bundle.workloads().get(i), conversion));
      results.add(new Json.Obj(members));
    }
    List<String> manifests = manifests(bundle, conversions, record);
    if (!manifests.isEmpty()) {
      record.write(target);
    }
    if (output.json()) {
      output.print(
          Json.object()
              .put("workloads", Json.array(results))
              .put("manifests", Json.strings(manifests))
              .put("problems", Json.array(bundle.problems().stream().map(Problem::toJson).toList()))
              .build());
    } else {
      print(conversions, manifests);
    }
    return conversions.stream().allMatch(Conversion::done) ? ExitCode.OK : ExitCode.REFUSED;
  }

  /** Values of the manifest that the control plane chooses: all of them before. */
  private static Json delegated(Workload workload, Conversion conversion) {
    List<Coverage.Field> fields = Coverage.of(workload);
    return Json.object()
        .put("before", fields.size())
        .put("after", fields.stream().filter(f -> !f.state().equals("held")).count())
        .put("open", conversion.open().size())
        .build();
  }

  private static void files(Conversion conversion, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : conversion.files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent() == null ? folder : path.getParent());
      Files.write(path, file.getValue());
    }
  }

  /** The manifests with every change of every workload; none where a conversion failed. */
  private List<String> manifests(Bundle bundle, List<Conversion> conversions, UndoRecord record)
      throws IOException {
    if (!conversions.stream().allMatch(Conversion::done)) {
      return List.of();
    }
    List<Change> changes = conversions.stream().flatMap(c -> c.changes().stream()).toList();
    Map<String, Source> sources = new LinkedHashMap<>();
    for (Document document : bundle.documents()) {
      sources.putIfAbsent(document.source().name(), document.source());
    }
    List<String> names = new ArrayList<>();
    for (Source source : sources.values()) {
      Path file = target.resolve("manifests").resolve(relative(source.name()));
      Files.createDirectories(file.getParent() == null ? target : file.getParent());
      Files.write(file, Change.apply(source, changes).getBytes(StandardCharsets.UTF_8));
      names.add(target.relativize(file).toString());
      record.manifest(source, target.relativize(file).toString());
    }
    return names;
  }

  /** The path below what was given, so that equal names in different folders stay apart. */
  private Path relative(String name) {
    if (name.equals("-")) {
      return Path.of("stdin.yaml");
    }
    Path file = Path.of(name);
    for (String path : paths) {
      if (Files.isDirectory(Path.of(path)) && file.startsWith(Path.of(path))) {
        return Path.of(path).relativize(file);
      }
    }
    return Path.of(String.valueOf(file.getFileName()));
  }

  private void print(List<Conversion> conversions, List<String> manifests) {
    PrintWriter out = spec.commandLine().getOut();
    for (Conversion conversion : conversions) {
      out.printf(
          "%s: %s%n", conversion.workload(), conversion.done() ? "converted" : "not converted");
      for (Finding finding : conversion.findings()) {
        if (finding.severity() != Severity.INFO) {
          out.printf(
              "  %-7s %s %s%n          %s%n          fix: %s%n",
              finding.severity().word(),
              finding.place(),
              finding.id(),
              finding.message(),
              finding.fix());
        }
      }
      for (Change change : conversion.changes()) {
        out.printf(
            "  change  %s %s%n          %s%n",
            change.place(), change.place().pointer(), change.why());
      }
      conversion.open().forEach(o -> out.printf("  open    %s: %s%n", o.id(), o.why()));
      if (conversion.done()) {
        out.printf("  %d ways are open to the control plane%n", conversion.open().size());
      }
    }
    manifests.forEach(m -> out.printf("written: %s%n", m));
    out.flush();
  }
}
