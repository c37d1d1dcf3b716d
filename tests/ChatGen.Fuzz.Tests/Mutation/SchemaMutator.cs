using System.Globalization;
using ChatGen.Fuzz.Tests.Corpus;

namespace ChatGen.Fuzz.Tests.Mutation;

/// <summary>Makes documents out of the seeds: the same seed and number always make the same document.</summary>
internal sealed class SchemaMutator(Seeds seeds, int seed)
{
    /// <summary>A mutated document.</summary>
    /// <param name="number">Which one.</param>
    /// <param name="onlySmall">Whether only seeds are taken of which little code is made.</param>
    public string Create(int number, bool onlySmall = false)
    {
        var random = new Random(unchecked((seed * 1_000_003) ^ number));
        FuzzNode root = ChooseSeed(random, onlySmall).Clone();
        int count = random.Next(10) switch { < 5 => 1, < 8 => random.Next(2, 5), _ => random.Next(5, 16) };
        for (int i = 0; i < count; i++)
        {
            root = Mutate(random, root);
        }

        string text = root.ToString();
        return random.Next(onlySmall ? 40 : 8) == 0 ? TextMutations.Mutate(random, text) : text;
    }

    private FuzzNode ChooseSeed(Random random, bool onlySmall)
    {
        if (seeds.Suite.Count > 0)
        {
            return Graft(random, Pick(random, seeds.Suite));
        }

        return onlySmall || random.Next(10) < 8 ? Pick(random, seeds.Small) : Pick(random, seeds.Large);
    }

    /// <summary>A foreign schema as a definition that options, events or both use.</summary>
    private FuzzNode Graft(Random random, FuzzNode schema)
    {
        FuzzNode root = seeds.Small[0].Clone();
        var definitions = (FuzzObject)((FuzzObject)root)["definitions"]!;
        definitions.Add("Subject", schema.Clone());
        FuzzNode reference = random.Next(3) switch
        {
            0 => schema.Clone(),
            1 => new FuzzObject([new("type", FuzzValue.String("array")), new("items", Reference("#/definitions/Subject"))]),
            _ => Reference("#/definitions/Subject"),
        };
        string owner = random.Next(3) switch { 0 => "ActOptions", 1 => "Said", _ => "Started" };
        ((FuzzObject)((FuzzObject)definitions[owner]!)["properties"]!).Add("subject", reference);
        if (schema is FuzzObject { Members.Count: > 0 } foreign && foreign["definitions"] is FuzzObject inner)
        {
            foreach (FuzzMember member in inner.Members)
            {
                definitions.Add(member.Name, member.Value.Clone());
            }
        }

        return root;
    }

    private FuzzNode Mutate(Random random, FuzzNode root)
    {
        List<Slot> slots = Slot.All(root);
        if (slots.Count == 0)
        {
            return Pick(random, seeds.Small).Clone();
        }

        Slot slot = Pick(random, slots);
        switch (random.Next(26))
        {
            case 0 or 1:
                slot.Remove();
                break;
            case 2:
                Duplicate(random, slot);
                break;
            case 3:
                Swap(slot, Pick(random, slots));
                break;
            case 4 or 5:
                Rename(random, Pick(random, slots), slots);
                break;
            case 6:
                slot.Value = RandomValue(random);
                break;
            case 7 or 8:
                slot.Value = Pick(random, Slot.All(random.Next(3) == 0 ? Pick(random, seeds.Large) : root)).Value.Clone();
                break;
            case 9 or 10:
                slot.Value = FuzzValue.String(Pick(random, Hostile.Texts));
                break;
            case 11:
                slot.Value = new FuzzValue(Pick(random, Hostile.Numbers));
                break;
            case 12:
                Nest(random, slot);
                break;
            case 13:
                slot.Value = Reference(Pick(random, Hostile.References));
                break;
            case 14:
                Repeat(random, slot);
                break;
            case 15:
                slot.Value = new FuzzValue("null");
                break;
            case 16:
                Move(random, slots);
                break;
            case 17:
                AddFan(random, root);
                break;
            case 18:
                Retarget(random, slots);
                break;
            case 19:
                slot.Value = FuzzValue.String(Pick(random, Hostile.Names));
                break;
            case 20 or 21:
                SchemaKeywordMutations.Apply(random, Pick(random, slots));
                break;
            case 22:
                Applications.Add(random, root);
                break;
            default:
                AddKeyword(random, slots);
                break;
        }

        return root;
    }

    private static void Duplicate(Random random, Slot slot)
    {
        if (slot.Parent is FuzzObject owner)
        {
            FuzzMember member = owner.Members[slot.Index];
            string name = random.Next(4) switch
            {
                0 => member.Name,
                1 => member.Name + "-",
                2 => member.Name.ToUpperInvariant(),
                _ => Pick(random, Hostile.Names),
            };
            owner.Members.Insert(random.Next(owner.Members.Count + 1), new FuzzMember(name, member.Value.Clone()));
        }
        else
        {
            ((FuzzArray)slot.Parent).Items.Add(slot.Value.Clone());
        }
    }

    private static void Swap(Slot left, Slot right)
    {
        FuzzNode value = left.Value.Clone();
        left.Value = right.Value.Clone();
        right.Value = value;
    }

    private static void Rename(Random random, Slot slot, List<Slot> slots)
    {
        if (slot.Parent is not FuzzObject owner)
        {
            slot.Value = FuzzValue.String(Pick(random, Hostile.Names));
            return;
        }

        Slot other = Pick(random, slots);
        owner.Members[slot.Index].Name = random.Next(6) switch
        {
            0 => Pick(random, Hostile.Keywords),
            1 => Pick(random, Hostile.Texts),
            2 when other.Parent is FuzzObject namesake => namesake.Members[other.Index].Name,
            3 => new string(random.Next(2) == 0 ? 'n' : '\u0939', random.Next(1, 1500)),
            _ => Pick(random, Hostile.Names),
        };
    }

    private static FuzzNode RandomValue(Random random) => random.Next(9) switch
    {
        0 => new FuzzValue("true"),
        1 => new FuzzValue("false"),
        2 => new FuzzValue("null"),
        3 => new FuzzObject([]),
        4 => new FuzzArray([]),
        5 => new FuzzArray([FuzzValue.String(Pick(random, Hostile.Names)), new FuzzValue(Pick(random, Hostile.Numbers))]),
        6 => new FuzzArray([FuzzValue.String("string"), FuzzValue.String("null")]),
        7 => new FuzzObject([new(Pick(random, Hostile.Keywords), FuzzValue.String(Pick(random, Hostile.Texts)))]),
        _ => new FuzzValue(random.Next(-5, 200).ToString(CultureInfo.InvariantCulture)),
    };

    private static void Nest(Random random, Slot slot)
    {
        int kind = random.Next(5);
        int depth = random.Next(1, random.Next(3) == 0 ? 70 : 9);
        FuzzNode value = slot.Value.Clone();
        for (int i = 0; i < depth; i++)
        {
            value = kind switch
            {
                0 => new FuzzArray([value]),
                1 => new FuzzObject([new("a", value)]),
                2 => new FuzzObject([new("type", FuzzValue.String("array")), new("items", value)]),
                3 => new FuzzObject([new("type", FuzzValue.String("object")), new("additionalProperties", value)]),
                _ => new FuzzObject([new("type", FuzzValue.String("object")), new("properties", new FuzzObject([new("p", value)]))]),
            };
        }

        slot.Value = value;
    }

    private static void Repeat(Random random, Slot slot)
    {
        int count = random.Next(2, 200);
        if (slot.Parent is FuzzArray array)
        {
            array.Items.AddRange(Enumerable.Range(0, count).Select(_ => slot.Value.Clone()));
        }
        else
        {
            var owner = (FuzzObject)slot.Parent;
            if (owner.Members.Count < 300 && Slot.All(slot.Value).Count < 12)
            {
                string name = owner.Members[slot.Index].Name;
                owner.Members.AddRange(Enumerable.Range(0, count).Select(i => new FuzzMember(name + i.ToString(CultureInfo.InvariantCulture), slot.Value.Clone())));
            }
        }
    }

    /// <summary>Moves a member, one of <c>x-chat</c> by preference, to where it does not belong.</summary>
    private static void Move(Random random, List<Slot> slots)
    {
        Slot[] own = [.. slots.Where(slot => slot.Parent is FuzzObject owner && owner.Members[slot.Index].Name.StartsWith("x-chat", StringComparison.Ordinal))];
        Slot[] objects = [.. slots.Where(slot => slot.Value is FuzzObject)];
        if (own.Length > 0 && objects.Length > 0)
        {
            Slot slot = Pick(random, own);
            FuzzMember member = ((FuzzObject)slot.Parent).Members[slot.Index];
            ((FuzzObject)Pick(random, objects).Value).Add(member.Name, member.Value.Clone());
            if (random.Next(2) == 0)
            {
                slot.Remove();
            }
        }
    }

    /// <summary>Definitions that refer to each other: chains, loops, and fans whose unfolding would be exponential.</summary>
    private static void AddFan(Random random, FuzzNode root)
    {
        if ((root as FuzzObject)?["definitions"] is not FuzzObject definitions)
        {
            return;
        }

        int kind = random.Next(7);
        int count = random.Next(1, random.Next(4) == 0 ? 120 : 12);
        bool isLoop = random.Next(2) == 0;
        for (int i = 0; i < count; i++)
        {
            FuzzNode next = i + 1 < count || isLoop ? Reference("#/definitions/Fan" + ((i + 1) % count).ToString(CultureInfo.InvariantCulture)) : new FuzzObject([new("type", FuzzValue.String("string"))]);
            definitions.Add("Fan" + i.ToString(CultureInfo.InvariantCulture), kind switch
            {
                0 => next,
                1 => new FuzzObject([new("allOf", new FuzzArray([next, next.Clone()]))]),
                2 => new FuzzObject([new("type", FuzzValue.String("object")), new("properties", new FuzzObject([new("a", next), new("b", next.Clone())]))]),
                3 => new FuzzObject([new("type", FuzzValue.String("array")), new("items", next)]),
                4 => new FuzzObject([new("type", FuzzValue.String("object")), new("additionalProperties", next)]),
                5 => new FuzzObject([new("anyOf", new FuzzArray([next, next.Clone()])), new("not", next.Clone())]),
                _ => new FuzzObject([new("type", FuzzValue.String("array")), new("items", new FuzzObject([new("type", FuzzValue.String("object")), new("properties", new FuzzObject([new("a", next)]))]))]),
            });
        }

        foreach (string owner in (string[])["ActOptions", "Said", "StartSessionOptions"])
        {
            if ((definitions[owner] as FuzzObject)?["properties"] is FuzzObject properties && random.Next(3) > 0)
            {
                properties.Add("fan", Reference("#/definitions/Fan0"));
            }
        }
    }

    private static void Retarget(Random random, List<Slot> slots)
    {
        Slot[] references = [.. slots.Where(slot => slot.Parent is FuzzObject owner && owner.Members[slot.Index].Name == "$ref")];
        if (references.Length > 0)
        {
            Pick(random, references).Value = random.Next(3) == 0 ? FuzzValue.String(Pick(random, Hostile.References)) : Pick(random, references).Value.Clone();
        }
    }

    private static void AddKeyword(Random random, List<Slot> slots)
    {
        Slot[] schemas = [.. slots.Where(slot => slot.Value is FuzzObject schema && schema["type"] is not null)];
        Slot[] objects = schemas.Length > 0 && random.Next(4) > 0 ? schemas : [.. slots.Where(slot => slot.Value is FuzzObject)];
        if (objects.Length == 0)
        {
            return;
        }

        string name = Pick(random, Hostile.Keywords);
        Slot[] samples = [.. slots.Where(slot => slot.Parent is FuzzObject owner && owner.Members[slot.Index].Name == name)];
        FuzzNode value = samples.Length > 0 && random.Next(3) > 0 ? Pick(random, samples).Value.Clone() : random.Next(4) switch
        {
            0 => FuzzValue.String(Pick(random, Hostile.Texts)),
            1 => new FuzzValue(Pick(random, Hostile.Numbers)),
            _ => RandomValue(random),
        };
        var target = (FuzzObject)Pick(random, objects).Value;
        target.Members.RemoveAll(member => member.Name == name);
        target.Add(name, value);
    }

    private static FuzzObject Reference(string target) => new([new("$ref", FuzzValue.String(target))]);

    private static T Pick<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
