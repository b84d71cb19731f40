package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;

final class PagesTest {
  private static final int[] PLACES = {
    0, 1, 511, 512, 131_071, 131_072, 5_000_000, GraphTransaction.MAX_ID_BOUND - 1
  };

  @Test
  void intsAreZeroUntilSetAndEveryVersionKeepsItsOwn() {
    Editor editor = new Editor();
    IntPages first = new IntPages().edit(editor);
    for (int place : PLACES) {
      assertEquals(0, first.get(place));
      first.set(place, place + 1);
    }
    IntPages frozen = first.freeze();
    IntPages second = frozen.edit(editor.next());
    for (int place : PLACES) {
      second.set(place, -1);
      assertEquals(place + 1, frozen.get(place));
      assertEquals(-1, second.get(place));
    }
    assertThrows(IllegalStateException.class, () -> frozen.set(0, 1));
    assertEquals(0, frozen.get(-1));
  }

  @Test
  void aPageOfIntsIsGivenUpWithItsLastEntryAndCanComeBack() {
    IntPages pages = new IntPages().edit(new Editor());
    pages.set(1000, 7);
    pages.set(1001, 8);
    pages.clear(1000);
    assertFalse(IntPages.isEmpty(pages.page(1)));
    pages.clear(1001);
    assertTrue(IntPages.isEmpty(pages.page(1)));
    pages.clear(1001);
    pages.set(1002, 9);
    assertEquals(9, pages.get(1002));
    assertEquals(0, new IntPages().get(1002));
  }

  @Test
  void writingInOneEditorCopiesEachPageOnce() {
    Editor editor = new Editor();
    IntPages pages = new IntPages().edit(editor);
    for (int i = 0; i < 100_000; i++) {
      pages.set(i, 1);
    }
    Editor next = new Editor();
    IntPages again = pages.freeze().edit(next);
    for (int i = 0; i < 1000; i++) {
      again.set(i % 512, i);
    }
    assertEquals(3, next.copiedArrays(), "the top, a directory and a page");
  }

  @Test
  void setsOfIdsAreLikeTreeSets() {
    Prng random = new Prng(5);
    TreeSet<Integer> model = new TreeSet<>();
    BitPages bits = new BitPages();
    List<BitPages> versions = new ArrayList<>();
    List<TreeSet<Integer>> models = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      bits = bits.edit(new Editor());
      for (int i = 0; i < 300; i++) {
        int id = random.nextInt(2) == 0 ? random.nextInt(10_000) : random.nextInt(5_000_000);
        if (random.nextInt(3) > 0) {
          assertEquals(model.add(id), bits.add(id));
        } else {
          Integer nearest = model.ceiling(id);
          int removed = nearest == null ? id : nearest;
          assertEquals(model.remove(removed), bits.remove(removed));
        }
      }
      bits = bits.freeze();
      versions.add(bits);
      models.add(new TreeSet<>(model));
    }
    for (int i = 0; i < versions.size(); i++) {
      assertEquals(models.get(i).size(), versions.get(i).count());
      assertArrayEquals(
          models.get(i).stream().mapToLong(Integer::longValue).toArray(),
          Scanned.all(new Scans.Members(versions.get(i))));
    }
  }

  @Test
  void emptyStretchesOfASetAreSkipped() {
    BitPages bits = new BitPages().edit(new Editor());
    for (int place : PLACES) {
      assertTrue(bits.add(place));
    }
    assertArrayEquals(
        java.util.Arrays.stream(PLACES).asLongStream().toArray(),
        Scanned.all(new Scans.Members(bits)));
    for (int place : PLACES) {
      assertTrue(bits.remove(place));
      assertFalse(bits.remove(place));
    }
    assertEquals(0, Scanned.all(new Scans.Members(bits)).length);
  }

  @Test
  void aSetOfPageNumbersKnowsWhatWasAdded() {
    PageSet set = new PageSet();
    for (int i = 0; i < 10_000; i += 7) {
      assertTrue(set.add(i));
      assertFalse(set.add(i));
    }
    for (int i = 0; i < 10_000; i++) {
      assertEquals(i % 7 == 0, set.contains(i));
    }
  }

  @Test
  void labelSetsAreInternedWhateverTheOrderOfTheirLabels() {
    int[] sorted = {1, 3, 9};
    assertSame(sorted, LabelSets.normalized(sorted));
    assertArrayEquals(sorted, LabelSets.normalized(new int[] {9, 1, 3, 9, 1}));
    assertArrayEquals(new int[] {1, 2, 3, 9}, LabelSets.with(sorted, 2));
    assertArrayEquals(new int[] {0, 1, 3, 9}, LabelSets.with(sorted, 0));
    assertSame(sorted, LabelSets.with(sorted, 9));
    assertArrayEquals(new int[] {1, 3}, LabelSets.without(sorted, 9));
    assertSame(sorted, LabelSets.without(sorted, 2));
    LabelSets sets = new LabelSets();
    for (int i = 0; i < 100; i++) {
      assertEquals(i + 2, sets.add(new int[] {i, i + 1}));
    }
    assertEquals(LabelSets.EMPTY_SET, sets.find(new int[0]));
    assertEquals(0, sets.find(sorted));
    assertEquals(52, sets.find(new int[] {50, 51}));
  }
}
