package org.weftdb.cypher.exec;

/** What a statement changed. Grows while it runs; final when its cursor has ended. */
public final class Counters {
  long nodesCreated;
  long nodesDeleted;
  long relationshipsCreated;
  long relationshipsDeleted;
  long propertiesSet;
  long labelsAdded;
  long labelsRemoved;
  long indexesAdded;
  long indexesRemoved;
  long constraintsAdded;
  long constraintsRemoved;

  Counters() {}

  Counters copy() {
    Counters copy = new Counters();
    copy.set(this);
    return copy;
  }

  void set(Counters other) {
    nodesCreated = other.nodesCreated;
    nodesDeleted = other.nodesDeleted;
    relationshipsCreated = other.relationshipsCreated;
    relationshipsDeleted = other.relationshipsDeleted;
    propertiesSet = other.propertiesSet;
    labelsAdded = other.labelsAdded;
    labelsRemoved = other.labelsRemoved;
    indexesAdded = other.indexesAdded;
    indexesRemoved = other.indexesRemoved;
    constraintsAdded = other.constraintsAdded;
    constraintsRemoved = other.constraintsRemoved;
  }

  public long nodesCreated() {
    return nodesCreated;
  }

  public long nodesDeleted() {
    return nodesDeleted;
  }

  public long relationshipsCreated() {
    return relationshipsCreated;
  }

  public long relationshipsDeleted() {
    return relationshipsDeleted;
  }

  /** Properties written or removed, whether or not the value was another one before. */
  public long propertiesSet() {
    return propertiesSet;
  }

  public long labelsAdded() {
    return labelsAdded;
  }

  public long labelsRemoved() {
    return labelsRemoved;
  }

  public long indexesAdded() {
    return indexesAdded;
  }

  public long indexesRemoved() {
    return indexesRemoved;
  }

  public long constraintsAdded() {
    return constraintsAdded;
  }

  public long constraintsRemoved() {
    return constraintsRemoved;
  }

  /** Whether anything was changed. */
  public boolean any() {
    return (nodesCreated
            | nodesDeleted
            | relationshipsCreated
            | relationshipsDeleted
            | propertiesSet
            | labelsAdded
            | labelsRemoved
            | indexesAdded
            | indexesRemoved
            | constraintsAdded
            | constraintsRemoved)
        != 0;
  }
}
