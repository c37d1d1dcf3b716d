using ChatGen.Fuzz.Tests.Corpus;

namespace ChatGen.Fuzz.Tests.Mutation;

/// <summary>A place of a value in a tree.</summary>
internal readonly record struct Slot(FuzzNode Parent, int Index)
{
    public FuzzNode Value
    {
        get => Parent is FuzzObject owner ? owner.Members[Index].Value : ((FuzzArray)Parent).Items[Index];
        set
        {
            if (Parent is FuzzObject owner)
            {
                owner.Members[Index].Value = value;
            }
            else
            {
                ((FuzzArray)Parent).Items[Index] = value;
            }
        }
    }

    public static List<Slot> All(FuzzNode root)
    {
        var slots = new List<Slot>();
        Collect(root, slots);
        return slots;
    }

    public void Remove()
    {
        if (Parent is FuzzObject owner)
        {
            owner.Members.RemoveAt(Index);
        }
        else
        {
            ((FuzzArray)Parent).Items.RemoveAt(Index);
        }
    }

    private static void Collect(FuzzNode node, List<Slot> slots)
    {
        int count = node switch { FuzzObject owner => owner.Members.Count, FuzzArray array => array.Items.Count, _ => 0 };
        for (int i = 0; i < count; i++)
        {
            var slot = new Slot(node, i);
            slots.Add(slot);
            Collect(slot.Value, slots);
        }
    }
}
