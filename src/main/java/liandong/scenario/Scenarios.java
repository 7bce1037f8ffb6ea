package liandong.scenario;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import liandong.problem.CellRef;
import liandong.problem.Problem;

/**
 * What scenario workbooks hold.
 *
 * @param cases the scenarios that can be run, in the order of the workbooks, sheets and rows
 * @param stories the stories that can be run, in the same order
 * @param broken scenarios and stories that cannot
 * @param problems everything that is wrong with the workbooks, by place
 */
public record Scenarios(List<Scenario> cases, List<CaseStory> stories, List<Broken> broken, List<Problem> problems) {
    /**
     * A scenario or story that cannot be run, as something about it cannot be understood.
     *
     * @param story whether it is a story
     * @param id its id; empty when it has none
     * @param title its title
     * @param tags words by which people find it again; empty for none
     * @param at the cell of its id
     * @param problems what is wrong; at least one
     */
    public record Broken(
            boolean story, String id, String title, List<String> tags, CellRef at, List<Problem> problems) {}

    /** How many scenarios and stories can be run. */
    public int size() {
        return cases.size() + stories.size();
    }

    /** Whether there is none, not even one that cannot be run. */
    public boolean isEmpty() {
        return size() == 0 && broken.isEmpty();
    }

    /** Whether a scenario or story has this id or tag. */
    public boolean has(String idOrTag) {
        return cases.stream().anyMatch(each -> isNamed(each.id(), each.tags(), Set.of(idOrTag)))
                || stories.stream().anyMatch(each -> isNamed(each.id(), each.tags(), Set.of(idOrTag)))
                || broken.stream().anyMatch(each -> isNamed(each.id(), each.tags(), Set.of(idOrTag)));
    }

    /** The ids and tags of all cases. */
    public Set<String> names() {
        var names = new TreeSet<String>();
        cases.forEach(each -> {
            names.add(each.id());
            names.addAll(each.tags());
        });
        stories.forEach(each -> {
            names.add(each.id());
            names.addAll(each.tags());
        });
        broken.forEach(each -> {
            names.add(each.id());
            names.addAll(each.tags());
        });
        names.remove("");
        return names;
    }

    /** Those with one of these ids or tags, with what is wrong with them and with the workbooks as a whole. */
    public Scenarios only(Set<String> idsAndTags) {
        List<Broken> left = broken.stream()
                .filter(each -> !isNamed(each.id(), each.tags(), idsAndTags))
                .toList();
        return new Scenarios(
                cases.stream()
                        .filter(each -> isNamed(each.id(), each.tags(), idsAndTags))
                        .toList(),
                stories.stream()
                        .filter(each -> isNamed(each.id(), each.tags(), idsAndTags))
                        .toList(),
                broken.stream()
                        .filter(each -> isNamed(each.id(), each.tags(), idsAndTags))
                        .toList(),
                problems.stream()
                        .filter(problem ->
                                left.stream().noneMatch(each -> each.problems().contains(problem)))
                        .toList());
    }

    private static boolean isNamed(String id, List<String> tags, Set<String> idsAndTags) {
        return idsAndTags.contains(id) || tags.stream().anyMatch(idsAndTags::contains);
    }
}
