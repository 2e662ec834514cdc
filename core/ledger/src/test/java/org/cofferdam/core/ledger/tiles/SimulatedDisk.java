// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tiles;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A disk whose power can fail at any step. What was not forced then survives or not, each sector
 * and each name for itself and in any order.
 */
public final class SimulatedDisk implements Disk {
  private static final int SECTOR = 512;

  private final Map<String, Directory> directories = new HashMap<>();
  private int stepsLeft = Integer.MAX_VALUE;
  private int steps;
  private int forces;

  public SimulatedDisk() {
    directories.put("", new Directory());
  }

  /** The power fails at the step after so many. */
  public void cutAfter(int count) {
    stepsLeft = count;
  }

  /** How many steps were done. */
  public int steps() {
    return steps;
  }

  /** How many of them were forced writes, of contents or names. */
  public int forces() {
    return forces;
  }

  /** The disk as it is found when the power is back. */
  public SimulatedDisk afterPowerLoss(RandomGenerator random) {
    SimulatedDisk found = new SimulatedDisk();
    found.directories.clear();
    survive("", found, random);
    return found;
  }

  private void survive(String path, SimulatedDisk found, RandomGenerator random) {
    Directory directory = Objects.requireNonNull(directories.get(path));
    Directory copy = new Directory();
    Map<String, Node> names = new TreeMap<>(directory.durable);
    double chance = chance(random);
    for (NameChange change : directory.pending) {
      if (random.nextDouble() < chance) {
        change.apply(names);
      }
    }
    Map<Node, Node> copies = new HashMap<>();
    names.forEach(
        (name, node) -> copy.put(name, copies.computeIfAbsent(node, n -> n.survivor(random))));
    copy.durable = new TreeMap<>(copy.cached);
    copy.pending.clear();
    found.directories.put(path, copy);
    names.forEach(
        (name, node) -> {
          if (node.directory) {
            String child = path.isEmpty() ? name : path + "/" + name;
            survive(child, found, random);
          }
        });
  }

  /** Losing all, losing none and losing some are all worth trying. */
  private static double chance(RandomGenerator random) {
    return switch (random.nextInt(3)) {
      case 0 -> 0;
      case 1 -> 1;
      default -> random.nextDouble();
    };
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    Directory parent = directories.get(TilePath.parent(path));
    Node node = parent == null ? null : parent.cached.get(name(path));
    return node == null ? Optional.empty() : Optional.of(node.cached.clone());
  }

  @Override
  public byte[] read(String path, long offset, int length) throws IOException {
    return Arrays.copyOfRange(file(path).cached, (int) offset, (int) offset + length);
  }

  @Override
  public void write(String path, byte[] content) throws IOException {
    Directory parent = directory(TilePath.parent(path));
    Node node = parent.cached.get(name(path));
    if (node == null) {
      node = new Node(false);
      parent.put(name(path), node);
    }
    node.write(0, content, true);
    step();
  }

  @Override
  public void append(String path, byte[] content) throws IOException {
    Node node = file(path);
    node.write(node.cached.length, content, false);
    step();
  }

  @Override
  public void truncate(String path, long length) throws IOException {
    Node node = file(path);
    node.write((int) length, new byte[0], true);
    step();
  }

  @Override
  public void force(String path) throws IOException {
    Node node = file(path);
    step();
    forces++;
    node.durable = node.cached;
    node.pending.clear();
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Directory parent = directory(TilePath.parent(from));
    Node node = file(from);
    parent.cached.remove(name(from));
    parent.cached.put(name(to), node);
    parent.pending.add(
        names -> {
          names.remove(name(from));
          names.put(name(to), node);
        });
    step();
  }

  @Override
  public void delete(String path) throws IOException {
    file(path);
    Directory parent = directory(TilePath.parent(path));
    parent.cached.remove(name(path));
    parent.pending.add(names -> names.remove(name(path)));
    step();
  }

  @Override
  public List<String> list(String directory) {
    Directory found = directories.get(directory);
    return found == null
        ? List.of()
        : found.cached.entrySet().stream()
            .filter(entry -> !entry.getValue().directory)
            .map(Map.Entry::getKey)
            .toList();
  }

  @Override
  public void createDirectory(String directory) throws IOException {
    Directory parent = directory(TilePath.parent(directory));
    if (!parent.cached.containsKey(name(directory))) {
      parent.put(name(directory), new Node(true));
      directories.put(directory, new Directory());
      step();
    }
  }

  @Override
  public void forceDirectory(String path) throws IOException {
    Directory directory = directory(path);
    step();
    forces++;
    directory.durable = new TreeMap<>(directory.cached);
    directory.pending.clear();
  }

  private void step() throws IOException {
    if (stepsLeft-- <= 0) {
      stepsLeft = 0;
      throw new IOException("the power failed");
    }
    steps++;
  }

  private Directory directory(String path) throws IOException {
    Directory directory = directories.get(path);
    if (directory == null) {
      throw new IOException("no directory " + path);
    }
    return directory;
  }

  private Node file(String path) throws IOException {
    Node node = directory(TilePath.parent(path)).cached.get(name(path));
    if (node == null) {
      throw new IOException("no file " + path);
    }
    return node;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private interface NameChange {
    void apply(Map<String, Node> names);
  }

  private static final class Directory {
    private final Map<String, Node> cached = new TreeMap<>();
    private final List<NameChange> pending = new ArrayList<>();
    private Map<String, Node> durable = new TreeMap<>();

    void put(String name, Node node) {
      cached.put(name, node);
      pending.add(names -> names.put(name, node));
    }
  }

  /** A change of bytes that is not durable yet. */
  @FunctionalInterface
  private interface Change {
    byte[] apply(byte[] content);

    static Change cut(int length) {
      return content -> Arrays.copyOf(content, length);
    }

    static Change write(int offset, byte[] bytes) {
      return content -> {
        byte[] result = Arrays.copyOf(content, Math.max(content.length, offset + bytes.length));
        System.arraycopy(bytes, 0, result, offset, bytes.length);
        return result;
      };
    }
  }

  private static final class Node {
    private final boolean directory;
    private final List<Change> pending = new ArrayList<>();
    private byte[] cached = new byte[0];
    private byte[] durable = new byte[0];

    Node(boolean directory) {
      this.directory = directory;
    }

    void write(int offset, byte[] bytes, boolean cut) {
      if (cut) {
        add(Change.cut(offset));
      }
      for (int at = 0; at < bytes.length; ) {
        int end = Math.min(bytes.length, at + SECTOR - (offset + at) % SECTOR);
        add(Change.write(offset + at, Arrays.copyOfRange(bytes, at, end)));
        at = end;
      }
    }

    Node survivor(RandomGenerator random) {
      Node node = new Node(directory);
      byte[] content = durable;
      double chance = chance(random);
      for (Change change : pending) {
        if (random.nextDouble() < chance) {
          content = change.apply(content);
        }
      }
      node.cached = content;
      node.durable = content;
      return node;
    }

    private void add(Change change) {
      pending.add(change);
      cached = change.apply(cached);
    }
  }
}
