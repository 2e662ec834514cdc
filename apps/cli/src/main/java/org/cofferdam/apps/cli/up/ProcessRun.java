// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.patterns.process.ProcessPattern;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.run.RunningGuest;
import org.cofferdam.services.launch.run.SandboxDriver;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.layout.OciLayout;
import org.cofferdam.workload.images.layout.RootFiles;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Conversion;

/** {@code up --pattern process}: the whole road, with a development sandbox at its end. */
final class ProcessRun {
  private static final String GRADE =
      "development sandbox, no enclave: conversion, quote, comparison and release are real; the"
          + " device that measures and quotes is a program of this machine under a root of its own,"
          + " so nothing here is protected from the owner of this machine";
  private static final int VOLUME_KEY = 32;
  private static final String HELPERS = "helpers/";
  private static final String JSON = ".json";

  private final UpRequest request;
  private final Timeline timeline;
  private final Home home;
  private final Road road;

  ProcessRun(UpRequest request, Timeline timeline) throws IOException {
    if (request.tamper() == Tamper.kernel) {
      throw CommandException.usage(
          "--tamper kernel does not apply to --pattern process: a sandbox has no kernel of its own",
          "Use another tamper, or --pattern pod.");
    }
    this.request = request;
    this.timeline = timeline;
    this.home = request.installation().home();
    this.road = new Road(request, timeline);
  }

  Outcome run() throws Exception {
    SandboxDriver.check();
    timeline.step("machine", "development sandbox, no enclave");
    Sources sources = Sources.read(request.path());
    Workload workload = sources.workload();
    try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<DevelopmentSgx> device = beside.submit(() -> DevelopmentSgx.ensure(home));
      Future<LocalServer> starting = beside.submit(() -> server(Road.get(device)));
      LaunchFolder folder = LaunchFolder.create(home.runs(), workload.id(), Instant.now());
      // Their Java starts while nothing waits for it; they read nothing before they are told to.
      Future<SandboxDriver.Prepared> prepared =
          beside.submit(() -> prepare(folder, Road.get(device)));
      OciLayout images = ExampleImage.build(sources, home);
      timeline.step("image", "built from Debian packages, no daemon");
      ProcessPattern pattern = new ProcessPattern(image -> root(images, image));
      road.scan(pattern, sources, workload);
      LocalServer server = Road.get(starting);
      timeline.step("broker", server.client().address() + ", key " + server.tlsKey());
      Conversion conversion = road.convert(pattern, sources, workload, images, server);
      folder.writePod(conversion, server.client().address());
      folder.copyImages(images, conversion.images().stream().map(Image::manifest).toList());
      Road.get(device).copyTo(folder);
      road.converted(conversion);

      RootFiles files = images.root(ProcessPattern.unitImage(conversion));
      ReferenceSet references = pattern.predict(conversion, files).references();
      folder.writeReferences(references);
      timeline.step(
          "predict",
          references.values().size() + " reference values, " + files.entries().size() + " files");

      List<String> secrets = road.register(server, conversion, references, volumeKeys(conversion));
      Launch launch = new Launch(server, references.workload(), secrets, timeline);
      road.interfere(folder);
      Optional<ReplayingHost> replay = road.replay(server, references.workload(), "sgx");
      if (replay.isPresent()) {
        String answer = replay.get().run(server.client().address(), server.tlsKey());
        Road.get(prepared).abandon();
        timeline.step("replay", "no unit was started; " + answer);
        return launch.decided(GRADE, conversion.open());
      }
      URI broker = server.client().address();
      RunningGuest running = Road.get(prepared).launch(broker.getPort(), helpers(conversion));
      timeline.step("launch", "namespaces, files in " + folder.folder());
      return follow(launch, running, conversion);
    }
  }

  private static Outcome follow(Launch launch, RunningGuest running, Conversion conversion)
      throws Exception {
    Outcome outcome = launch.follow(running, GRADE, conversion.open());
    if (!outcome.accepted()) {
      running.stop();
    }
    return outcome;
  }

  private SandboxDriver.Prepared prepare(LaunchFolder folder, DevelopmentSgx device)
      throws IOException {
    return new SandboxDriver(request.installation().agentJars(), device.socket())
        .prepare(folder.folder());
  }

  private LocalServer server(DevelopmentSgx device) throws Exception {
    LocalServer server =
        LocalServer.ensure(
            request.installation(),
            PodRun.serverFolder(home),
            List.of(device.anchor()),
            Optional.of(device.collateral()));
    // The first request opens the connection, while nothing waits for it.
    server.client().log().read("checkpoint");
    return server;
  }

  /** A fresh key for each volume: an emptyDir begins empty. */
  private static Map<String, SecretBytes> volumeKeys(Conversion conversion) {
    SecureRandom random = new SecureRandom();
    Map<String, SecretBytes> keys = new LinkedHashMap<>();
    for (String name : ProcessPattern.volumeKeys(conversion)) {
      byte[] key = new byte[VOLUME_KEY];
      random.nextBytes(key);
      keys.put(name, SecretBytes.owning(key));
    }
    return keys;
  }

  private static List<String> helpers(Conversion conversion) {
    return conversion.files().keySet().stream()
        .filter(f -> f.startsWith(HELPERS) && f.endsWith(JSON))
        .map(f -> f.substring(HELPERS.length(), f.length() - JSON.length()))
        .toList();
  }

  private static RootFiles root(OciLayout images, Image image) {
    try {
      return images.root(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
