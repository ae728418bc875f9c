using System.Text.Json;

namespace Keyway.Tests.Faults;

/// <summary>What must hold after a run, whatever went wrong in it.</summary>
internal static class FaultCheck
{
    public static IEnumerable<string> Findings(FaultPlan plan, List<Order> created,
        List<Order> orders, FaultLock door, Sender sender, int powerCuts)
    {
        foreach (Order order in orders)
        {
            string[] answers = [.. sender.AnswersTo(order.Attempt).Distinct()];
            if (answers.Length != 1)
            {
                yield return $"{order.Topic}: {answers.Length} different answers: "
                    + string.Join(" | ", answers);
            }
            else if (!IsUnlock(order) && !Succeeded(answers[0]))
            {
                yield return $"{order.Topic}: {answers[0]}";
            }
        }

        int left = created.Count - (plan.Deletes ? 1 : 0);
        if (door.CodeCount != left)
        {
            yield return $"{door.CodeCount} access codes instead of {left}";
        }

        for (int i = 0; i < created.Count; i++)
        {
            bool isLeft = i > 0 || !plan.Deletes;
            if (door.Has(created[i].Attempt) != isLeft)
            {
                yield return $"access code {i}: {(isLeft ? "is missing" : "is still there")}";
            }

            string state = sender.Last($"access_codes/state/{created[i].Attempt}") ?? "";
            if (plan.KeepsRetained && state.Length > 0 != isLeft)
            {
                yield return $"the retained state of access code {i} is '{state}'";
            }
        }

        int unlocked = orders.Count(order => IsUnlock(order)
            && Succeeded(sender.AnswersTo(order.Attempt).First()));
        bool mayHaveMissed = powerCuts > 0;
        if (door.Openings > unlocked || (door.Openings < unlocked && !mayHaveMissed))
        {
            yield return $"the door was released {door.Openings} times instead of {unlocked}";
        }
    }

    private static bool IsUnlock(Order order) => order.Topic == "locks/unlock_door";

    private static bool Succeeded(string answer)
    {
        using JsonDocument parsed = JsonDocument.Parse(answer);
        return parsed.RootElement.GetProperty("status").GetString() == "success";
    }
}
