package dev.cloudmend.states.definition;

import dev.cloudmend.states.paths.ReferencePath;
import java.util.List;
import java.util.Optional;

/**
 * Where an error that was not mended leads.
 *
 * @param errorEquals names of the errors it is for
 * @param next the state to go on with
 * @param resultPath where the error's description goes in the state's input; empty drops it
 */
public record Catcher(List<String> errorEquals, String next, Optional<ReferencePath> resultPath) {}
