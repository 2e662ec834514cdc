// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.measurement.boot.FirmwareInputs;
import org.cofferdam.core.measurement.boot.GuestInputs;
import org.cofferdam.core.measurement.firmware.PeiState;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.patterns.pod.PodPattern;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.Progress;
import org.cofferdam.services.launch.guest.GuestFiles;
import org.cofferdam.services.launch.guest.GuestImages;
import org.cofferdam.services.launch.guest.GuestRecipe;
import org.cofferdam.services.launch.guest.MachineShape;
import org.cofferdam.services.launch.machine.Acceleration;
import org.cofferdam.services.launch.machine.AccelerationProbe;
import org.cofferdam.services.launch.run.FirmwareProbe;
import org.cofferdam.services.launch.run.LaunchOptions;
import org.cofferdam.services.launch.run.QemuDriver;
import org.cofferdam.services.launch.run.RunningGuest;
import org.cofferdam.services.launch.run.TpmAuthority;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.layout.OciLayout;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Conversion;
import org.cofferdam.workload.pattern.LaunchPlan;

/** {@code up --pattern pod}: the whole road, with a virtual machine at its end. */
final class PodRun {
  private static final String GRADE =
      "development: measured boot, quote, comparison and release are real; the TPM is software and"
          + " no hardware encrypts the guest's memory, so nothing here is protected from the owner"
          + " of this machine";

  private final UpRequest request;
  private final Timeline timeline;
  private final Home home;
  private final PodPattern pattern = new PodPattern();
  private final Road road;

  PodRun(UpRequest request, Timeline timeline) throws IOException {
    this.request = request;
    this.timeline = timeline;
    this.home = request.installation().home();
    this.road = new Road(request, timeline);
  }

  static Path serverFolder(Home home) {
    return home.root().resolve("server");
  }

  Outcome run() throws Exception {
    Progress progress = timeline.progress();
    SetupCommand.ensure(request.noInstall(), progress);
    Acceleration acceleration = new AccelerationProbe().ask(home);
    timeline.step("machine", acceleration.kind() + ": " + acceleration.reason());

    Sources sources = Sources.read(request.path());
    Workload workload = sources.workload();
    try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
      LaunchFolder folder = LaunchFolder.create(home.runs(), workload.id(), Instant.now());
      QemuDriver driver = new QemuDriver(home);
      // Both take a second or more, and nothing else waits for them.
      Future<LocalServer> starting = beside.submit(() -> server(driver, folder));
      Future<GuestFiles> building =
          beside.submit(() -> new GuestImages(home).get(recipe(), Progress.NONE));

      OciLayout images = ExampleImage.build(sources, home);
      timeline.step("image", "built from Debian packages, no daemon");
      road.scan(pattern, sources, workload);
      LocalServer server = Road.get(starting);
      timeline.step("broker", server.client().address() + ", key " + server.tlsKey());
      Conversion conversion = road.convert(pattern, sources, workload, images, server);
      LaunchPlan plan = pattern.plan(conversion);
      folder.writePod(conversion, guestSide(server.client().address()));
      folder.copyImages(images, conversion.images().stream().map(Image::manifest).toList());
      road.converted(conversion);

      GuestFiles guest = GuestImages.copy(Road.get(building), folder.guest());
      timeline.step("guest", "kernel, initrd, verity root " + guest.readCommandLine());
      MachineShape shape = new MachineShape(plan.memoryMiB(), plan.cpus());
      PeiState state = new FirmwareProbe(home).state(guest, shape, acceleration, progress);
      ReferenceSet references =
          pattern.predict(conversion, inputs(guest, shape, state)).references();
      folder.writeReferences(references);
      timeline.step("predict", references.values().size() + " reference values");

      List<String> secrets = road.register(server, conversion, references, Map.of());
      Launch launch = new Launch(server, references.workload(), secrets, timeline);
      road.interfere(folder);
      LaunchOptions options =
          new LaunchOptions(
              shape, acceleration, plan.ports().getFirst(), LaunchOptions.BOOT_TIMEOUT);
      Optional<ReplayingHost> replay = road.replay(server, references.workload(), "tpm");
      if (replay.isPresent()) {
        String answer = replay.get().run(server.client().address(), server.tlsKey());
        timeline.step("replay", "no guest was started; " + answer);
        return launch.decided(GRADE, conversion.open());
      }
      RunningGuest running = driver.launch(folder.folder(), options, progress);
      timeline.step("launch", "QEMU runs, files in " + folder.folder());
      Outcome outcome = launch.follow(running, GRADE, conversion.open());
      if (!outcome.accepted()) {
        running.stop();
      }
      return outcome;
    }
  }

  private LocalServer server(QemuDriver driver, LaunchFolder folder) throws Exception {
    driver.prepareTpm(folder.folder());
    Json anchor =
        Json.object()
            .put("id", "swtpm-development")
            .put("use", "tpm-ek")
            .put("file", new TpmAuthority(home).issuerCertificate().toString())
            .build();
    return LocalServer.ensure(
        request.installation(), serverFolder(home), List.of(anchor), Optional.empty());
  }

  private GuestRecipe recipe() throws IOException {
    return GuestRecipe.agent(request.installation().agentJars());
  }

  private static GuestInputs inputs(GuestFiles guest, MachineShape shape, PeiState state)
      throws IOException {
    return new GuestInputs(
        new FirmwareInputs(
            Files.readAllBytes(guest.firmwareCode()),
            Files.readAllBytes(guest.firmwareVariables()),
            state),
        Files.readAllBytes(guest.kernel()),
        Files.readAllBytes(guest.initrd()),
        guest.readCommandLine(),
        shape.memoryMiB());
  }

  /** The host's loopback, as QEMU's user network shows it to the guest. */
  private static URI guestSide(URI server) {
    return URI.create("https://10.0.2.2:" + server.getPort());
  }
}
