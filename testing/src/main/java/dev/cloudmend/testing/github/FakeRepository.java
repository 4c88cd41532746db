package dev.cloudmend.testing.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A repository of {@link FakeGitHub}, as its people see and change it. */
public final class FakeRepository {

  private static final String DEFAULT_BRANCH = "main";

  private final String name;
  private final Clock clock;
  private final GitStore store = new GitStore();
  private final Map<String, String> branches = new TreeMap<>();
  private final List<FakePullRequest> pulls = new ArrayList<>();
  private final Set<String> labels = new HashSet<>();
  private final Set<String> collaborators = new HashSet<>();
  private boolean isArchived;
  private boolean refusesUnknownLabels;
  private int mostListed = 100_000;

  FakeRepository(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
  }

  /** {@code owner/name}. */
  public String name() {
    return name;
  }

  /** Commits files onto a branch, which begins at the default branch where it is new. */
  public synchronized String commit(String branch, Map<String, String> files, String message) {
    Optional<String> parent =
        Optional.ofNullable(branches.getOrDefault(branch, branches.get(DEFAULT_BRANCH)));
    SortedMap<String, GitStore.File> all =
        parent.map(p -> store.files(tree(p))).orElseGet(TreeMap::new);
    files.forEach(
        (path, text) ->
            all.put(path, new GitStore.File("100644", store.blob(text.getBytes(UTF_8)))));
    String sha =
        store.commit(
            store.tree(all), parent.stream().toList(), message, "developer", clock.instant());
    setBranch(branch, sha);
    return sha;
  }

  /** Commits a file with the message of the branch's last commit, in its place. */
  public synchronized String amend(String branch, String path, String text) {
    GitObject.Commit last = store.get(head(branch), GitObject.Commit.class);
    SortedMap<String, GitStore.File> all = store.files(last.tree());
    all.put(path, new GitStore.File("100644", store.blob(text.getBytes(UTF_8))));
    String sha =
        store.commit(store.tree(all), last.parents(), last.message(), "developer", clock.instant());
    setBranch(branch, sha);
    return sha;
  }

  /** Puts a file of any mode and content onto the default branch. */
  public synchronized void put(String path, String mode, byte[] content) {
    SortedMap<String, GitStore.File> all = store.files(tree(head(DEFAULT_BRANCH)));
    all.put(path, new GitStore.File(mode, store.blob(content)));
    setBranch(
        DEFAULT_BRANCH,
        store.commit(
            store.tree(all),
            List.of(head(DEFAULT_BRANCH)),
            "Put " + path,
            "developer",
            clock.instant()));
  }

  /** The last commit of a branch. */
  public synchronized String head(String branch) {
    return Optional.ofNullable(branches.get(branch)).orElseThrow();
  }

  public synchronized Set<String> branches() {
    return Set.copyOf(branches.keySet());
  }

  /** The parents and the message of a branch's last commit. */
  public synchronized List<String> parents(String branch) {
    return store.get(head(branch), GitObject.Commit.class).parents();
  }

  public synchronized String message(String branch) {
    return store.get(head(branch), GitObject.Commit.class).message();
  }

  /** The texts of a branch, by path. */
  public synchronized SortedMap<String, String> files(String branch) {
    SortedMap<String, String> texts = new TreeMap<>();
    store
        .files(tree(head(branch)))
        .forEach(
            (path, file) ->
                texts.put(
                    path,
                    new String(store.get(file.sha(), GitObject.Blob.class).content(), UTF_8)));
    return texts;
  }

  public synchronized List<FakePullRequest> pulls() {
    return List.copyOf(pulls);
  }

  /** Somebody opens a pull request onto the default branch. Returns its number. */
  public synchronized int open(String head, String title) {
    int number = pulls.size() + 1;
    pulls.add(
        new FakePullRequest(
            number,
            title,
            "",
            head,
            DEFAULT_BRANCH,
            head(head),
            false,
            true,
            false,
            clock.instant(),
            List.of(),
            List.of(),
            List.of()));
    return number;
  }

  /** Somebody merges a pull request. */
  public synchronized void merge(int number) {
    FakePullRequest pull = pull(number);
    setBranch(
        pull.base(),
        store.commit(
            tree(pull.headSha()),
            List.of(head(pull.base()), pull.headSha()),
            "Merge",
            "developer",
            clock.instant()));
    replace(pull.ended(true));
  }

  /** Somebody closes a pull request. */
  public synchronized void close(int number) {
    replace(pull(number).ended(false));
  }

  /** Somebody writes another text. */
  public synchronized void edit(int number, String body) {
    replace(pull(number).withText(pull(number).title(), body));
  }

  public synchronized void deleteBranch(String branch) {
    branches.remove(branch);
  }

  public synchronized void archive() {
    isArchived = true;
  }

  /** Who can be asked for a review: a login, or a team's name. */
  public synchronized void addCollaborator(String who) {
    collaborators.add(who);
  }

  public synchronized void addLabel(String label) {
    labels.add(label);
  }

  /** GitHub makes unknown labels itself, which its documentation does not promise. */
  public synchronized void refuseUnknownLabels() {
    refusesUnknownLabels = true;
  }

  /** Cuts recursive lists after so many entries. */
  public synchronized void listAtMost(int entries) {
    mostListed = entries;
  }

  GitStore store() {
    return store;
  }

  String defaultBranch() {
    return DEFAULT_BRANCH;
  }

  boolean isArchived() {
    return isArchived;
  }

  boolean isEmpty() {
    return branches.isEmpty();
  }

  int mostListed() {
    return mostListed;
  }

  boolean refusesUnknownLabels() {
    return refusesUnknownLabels;
  }

  Set<String> labels() {
    return labels;
  }

  Set<String> collaborators() {
    return collaborators;
  }

  Clock clock() {
    return clock;
  }

  Optional<String> branch(String branch) {
    return Optional.ofNullable(branches.get(branch));
  }

  void setBranch(String branch, String sha) {
    branches.put(branch, sha);
    pulls.replaceAll(p -> p.isOpen() && p.head().equals(branch) ? p.withHead(sha) : p);
  }

  void add(FakePullRequest pull) {
    pulls.add(pull);
  }

  FakePullRequest pull(int number) {
    return pulls.stream()
        .filter(p -> p.number() == number)
        .findFirst()
        .orElseThrow(() -> new RefusedException(GitHubReply.notFound()));
  }

  void replace(FakePullRequest changed) {
    pulls.replaceAll(p -> p.number() == changed.number() ? changed : p);
  }

  private String tree(String commit) {
    return store.get(commit, GitObject.Commit.class).tree();
  }
}
