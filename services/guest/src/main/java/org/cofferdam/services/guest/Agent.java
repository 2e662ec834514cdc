// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.guest.container.ContainerRuntime;
import org.cofferdam.services.guest.container.LogSink;
import org.cofferdam.services.guest.container.PodRunner;
import org.cofferdam.services.guest.container.Secrets;
import org.cofferdam.services.guest.kbs.BrokerAddress;
import org.cofferdam.services.guest.kbs.BrokerException;
import org.cofferdam.services.guest.kbs.KbsClient;
import org.cofferdam.services.guest.measure.MeasuredLog;
import org.cofferdam.services.guest.measure.PodMeasurer;
import org.cofferdam.services.guest.measure.TpmEvidence;
import org.cofferdam.services.guest.pod.Container;
import org.cofferdam.services.guest.pod.Image;
import org.cofferdam.services.guest.pod.InitData;
import org.cofferdam.services.guest.pod.Pod;
import org.cofferdam.services.guest.pod.PodDisk;
import org.cofferdam.services.guest.pod.SecretUse;
import org.cofferdam.services.guest.tpm.Tpm;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a guest after its kernel is up: read what the host handed in, measure it, attest,
 * fetch the secrets, run the pod. Whatever goes wrong ends in a {@link Refusal}. Where the guest
 * itself finds a fault it attests all the same, so that the refusal is on record, and starts
 * nothing whatever the answer.
 */
public final class Agent {
  private final Guest guest;
  private final Status status;
  private final SecureRandom random;

  public Agent(Guest guest, Status status, SecureRandom random) {
    this.guest = guest;
    this.status = status;
    this.random = random;
  }

  /** Comes back only by exception: a pod lives as long as its guest. */
  public void run() throws Refusal, InterruptedException {
    try (Tpm tpm = new Tpm(guest.tpm())) {
      PodDisk disk = readDisk();
      status.step("pod-disk");
      MeasuredLog log = new MeasuredLog(tpm, guest.firmwareLog());
      log.initData(disk.initData());
      InitData initData = initData(disk);
      Request request = measure(disk, initData, log);
      status.step("measured");
      TpmEvidence evidence = TpmEvidence.prepare(tpm, log, initData.text(), random);
      status.step("keys");
      try (Secrets secrets = attest(disk, initData, evidence, request)) {
        start(request.accepted(), request.images(), initData, secrets);
      }
    } catch (BrokerException e) {
      throw new Refusal("broker-refused", "The broker refused: " + e.getMessage() + ".");
    } catch (MalformedEvidenceException e) {
      throw new Refusal("malformed", "Something is malformed: " + e.getMessage() + ".");
    } catch (IOException e) {
      throw new Refusal("failed", "The guest could not go on: " + e + ".");
    }
  }

  /**
   * @param pod null where the request could not be read
   * @param fault what the guest itself found wrong, or null
   */
  private record Request(@Nullable Pod pod, Map<String, Image> images, @Nullable Refusal fault) {
    Pod accepted() throws Refusal {
      if (fault != null) {
        throw fault;
      }
      if (pod == null) {
        throw new IllegalStateException("a request without a fault has a pod");
      }
      return pod;
    }
  }

  private PodDisk readDisk() throws IOException {
    Path blobs = Files.createDirectories(guest.memory().resolve("blobs"));
    try (InputStream in = new BufferedInputStream(Files.newInputStream(guest.podDisk()), 1 << 18)) {
      return PodDisk.read(in, blobs, guest.podDiskBytes());
    }
  }

  private static InitData initData(PodDisk disk) throws Refusal {
    try {
      return InitData.parse(disk.initData());
    } catch (MalformedEvidenceException e) {
      // Without it there is no key to pin, so nobody to tell.
      throw new Refusal("init-data", "The init-data is malformed: " + e.getMessage() + ".");
    }
  }

  private static Request measure(PodDisk disk, InitData initData, MeasuredLog log)
      throws IOException {
    PodMeasurer measurer = new PodMeasurer(log);
    Json.Obj json;
    Pod pod;
    try {
      json = Json.parse(disk.request()).asObject("request");
      pod = Pod.parse(json);
    } catch (MalformedEvidenceException e) {
      measurer.unreadable(String.valueOf(e.getMessage()));
      return new Request(
          null,
          Map.of(),
          new Refusal("request", "The request is malformed: " + e.getMessage() + "."));
    }
    Map<String, Image> images = measurer.measure(pod, disk.blobs());
    if (!Arrays.equals(json.canonical(), initData.pod().canonical())) {
      return new Request(
          pod,
          images,
          new Refusal("request-differs", "The request is not the pod that the init-data allows."));
    }
    for (Image image : images.values()) {
      if (!image.asNamed()) {
        return new Request(
            pod,
            images,
            new Refusal(
                "image-differs",
                "The bytes of image sha256:" + image.named() + " are not those of its digest."));
      }
    }
    return new Request(pod, images, null);
  }

  private Secrets attest(PodDisk disk, InitData initData, TpmEvidence evidence, Request request)
      throws IOException, Refusal {
    BrokerAddress address = BrokerAddress.parse(disk.routing());
    Secrets secrets = new Secrets();
    try (KbsClient broker = KbsClient.connect(address, initData.brokerKey(), random)) {
      status.step("broker");
      try {
        broker.attest(evidence);
      } catch (BrokerException e) {
        request.accepted(); // what the guest found itself says more
        throw e;
      }
      status.step("attested");
      for (Container container : request.accepted().all()) {
        for (SecretUse use : container.secrets()) {
          if (!secrets.has(use.resource())) {
            secrets.put(use.resource(), broker.resource(use.resource()));
          }
        }
      }
      status.step("secrets");
      return secrets;
    } catch (IOException | Refusal | RuntimeException e) {
      secrets.close();
      throw e;
    }
  }

  private void start(Pod pod, Map<String, Image> images, InitData initData, Secrets secrets)
      throws IOException, InterruptedException {
    Files.writeString(guest.hostname(), pod.hostname());
    Path folder = Files.createDirectories(guest.memory().resolve("pod"));
    LogSink logs = initData.logs() ? guest.logs() : LogSink.NONE;
    try (ContainerRuntime runtime =
        new ContainerRuntime(folder, guest.cgroup(), pod, logs, guest.programs())) {
      for (Image image : images.values()) {
        runtime.unpack(image);
      }
      try (var blobs = Files.newDirectoryStream(guest.memory().resolve("blobs"))) {
        for (Path blob : blobs) {
          Files.delete(blob);
        }
      }
      status.step("images");
      new PodRunner(runtime, secrets, status).run(pod);
    }
  }
}
